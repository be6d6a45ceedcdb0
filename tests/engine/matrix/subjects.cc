// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/matrix/subjects.h"

namespace qualog::test {

Subjects::Subjects(World& in) : world(in) {
  make_sources();
  make_codes();
  make_notes();
  shelf.emplace(world, ShelfGround{held_source, code, target, other_coding});
  done = world.did(maker, code_described(child, "so that it can be undone"));
}

void Subjects::held_by(const Person& person) {
  world.did(person, lease_acquired(held_source));
  for (const auto& item : shelf->leased()) world.did(person, lease_acquired(item));
}

void Subjects::make_sources() {
  source = world.a_source("interview 1", "There was nobody at the gym today.");
  other_source = world.a_source("interview 2", "Nor was there anybody tomorrow.");
  doomed_source = world.a_source("interview 3", "Nobody.");
  leased_source = world.a_source("interview 4", "Somebody.");
  missing_source = world.new_item();
  world.did(maker, source_without_text(missing_source, "interview 5"));
  held_source = world.a_source("interview 6", "Somebody else.");
  folder = world.a_folder("spring");
  other_folder = world.a_folder("autumn");
  doomed_folder = world.a_folder("empty");
  memo = world.a_memo("a thought");
  linked_memo = world.a_memo("another thought");
}

void Subjects::make_codes() {
  code = world.a_code("absence");
  child = world.a_code("a child", code);
  target = world.a_code("presence");
  doomed_code = world.a_code("doomed");
  merged_code = world.a_code("merged");
  free_code = world.a_code("free");
  world.did(maker, code_merged({merged_code}, target));
  world.did(maker, memo_linked(target, linked_memo));
}

void Subjects::make_notes() {
  for (auto* id : {&coding, &other_coding, &third_coding, &doomed_coding, &annotation,
                   &doomed_annotation, &link, &doomed_link})
    *id = world.new_item();
  world.did(maker, {coded(coding, code, source, 0, 5), coded(other_coding, code, source, 6, 9),
                    coded(third_coding, target, source, 10, 16),
                    coded(doomed_coding, target, source, 20, 24),
                    annotated(annotation, source, 0, 5, "as ann sees it"),
                    annotated(doomed_annotation, source, 6, 9, "doomed"),
                    linked(link, code, source), linked(doomed_link, target, source)});
}

std::vector<std::pair<fb::Action, Action>> Subjects::one_of_each() {
  const auto token = [&] {
    const auto lease = world.value<projector::Lease>(held_source, projector::Facet::Lease);
    return Sequence{lease.token};
  }();
  fb::ProjectForkedT forked;
  forked.title = name_text(test_name_key(), "a fork");
  const Actions actions = {
      project_created("again"),
      action_of(std::move(forked)),
      project_titled("Gym in spring"),
      guest_access(false),
      guest_access(true),
      project_undeleted(),
      member_added("dee", fb::Group::Reader),
      member_moved("reader", fb::Group::Reader),
      member_removed("reader"),
      profile_created(world.new_item(), "somebody"),
      profile_named(maker.profile(), "Ann"),
      lease_acquired(leased_source),
      lease_broken(leased_source),
      lease_released(held_source, token),
      text_edited(held_source, token, world.version_of(held_source), {{0, 4, "Any"}}),
      folder_created(world.new_item(), "winter"),
      folder_renamed(folder, "late spring"),
      folder_moved(folder, other_folder),
      folder_deleted(doomed_folder),
      source_created(world.new_item(), "interview 7", "Whoever."),
      text_supplied(missing_source, 0, "Here it is.", 11),
      source_renamed(source, "interview one"),
      source_moved(source, folder),
      source_deleted(doomed_source),
      code_created(world.new_item(), "new"),
      code_renamed(code, "being away"),
      code_moved(child, target),
      code_merged({free_code}, target),
      code_unmerged({merged_code}),
      code_deleted(doomed_code),
      coded(world.new_item(), code, source, 2, 7),
      uncoded({doomed_coding}),
      coding_moved(coding, target),
      coding_range_changed(other_coding, 6, 10),
      coding_noted(third_coding, "why"),
      annotated(world.new_item(), source, 0, 5, "new"),
      annotation_changed(annotation, "changed"),
      annotation_deleted(doomed_annotation),
      memo_linked(code, memo),
      memo_unlinked(target, linked_memo),
      linked(world.new_item(), source, code),
      link_named(link, "see"),
      link_deleted(doomed_link),
      import_started(),
      undone(done),
      project_deleted(),
  };
  std::vector<std::pair<fb::Action, Action>> pairs;
  for (const auto& action : shelf->acts(world)) pairs.emplace_back(action.type, action);
  for (const auto& action : actions) pairs.emplace_back(action.type, action);
  return pairs;
}

}  // namespace qualog::test
