// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/random_people.h"

#include "engine/decide.h"
#include "projector/items.h"
#include "schema/reflection.h"

#include <array>

namespace qualog::test {

using projector::Kind;

namespace {

constexpr std::array<const char*, 5> kPeople = {"ann", "ben", "cem", "dora", "eve"};
constexpr std::array<const char*, 14> kNames = {"absence",
                                                "Absence",
                                                "ABSENCE ",
                                                "presence",
                                                "trust",
                                                "\u00e9t\u00e9",
                                                "e\u0301t\u00e9",
                                                "\U0001F3CB gym",
                                                "body",
                                                "a/b",
                                                "x",
                                                "body image",
                                                "\u4e2d\u6587",
                                                "care"};
constexpr std::array<const char*, 6> kWords = {
    "",
    "There was nobody.",
    "\U0001F600\U0001F601 \u00e4\u00f6",
    "\u4e2d\u6587\u5b57",
    "a",
    "I went there every day \U0001F3CB and nobody said a word."};

constexpr auto kMemo = static_cast<std::uint8_t>(fb::SourceKind::Memo);

const std::vector<Kind> kAllKinds = {Kind::Folder,     Kind::Source,  Kind::Code,   Kind::Coding,
                                     Kind::Annotation, Kind::Seealso, Kind::Profile};

bool is_kept(fb::Group group) { return group != fb::Group::None; }

}  // namespace

// ---- words, items, places -----------------------------------------------------------------------

std::string RandomPeople::name() {
  std::string name = one_of(kNames);
  if (in(40)) name += " " + std::to_string(below(rng_, 30));
  return name;
}

std::string RandomPeople::words() { return one_of(kWords); }

std::string RandomPeople::text() {
  std::string text;
  for (auto parts = below(rng_, 4); parts > 0; --parts) text += words();
  return text;
}

ItemId RandomPeople::any(std::initializer_list<Kind> kinds) {
  const std::vector<Kind> choices(kinds);
  const Kind kind = one_of(choices);
  const auto luck = below(rng_, 100);
  if (luck < 2) return world_.new_item();
  if (luck < 5) {
    const auto& other = known_[one_of(kAllKinds)];
    if (!other.empty()) return one_of(other);
  }
  const auto& items = luck < 15 || living_[kind].empty() ? known_[kind] : living_[kind];
  return items.empty() ? world_.new_item() : one_of(items);
}

ItemId RandomPeople::maybe(Kind kind, std::uint64_t percent) {
  return in(percent) && !known_[kind].empty() ? any(kind) : ItemId{};
}

std::vector<ItemId> RandomPeople::several(Kind kind) {
  std::vector<ItemId> items = {any(kind)};
  while (in(25)) items.push_back(any(kind));
  return items;
}

ItemId RandomPeople::a_memo() {
  return memos_.empty() || in(10) ? any(Kind::Source) : one_of(memos_);
}

std::uint32_t RandomPeople::length_of(const ItemId& source) {
  const auto row = projector::content_row(world_.state(), source);
  return row ? row->length : 0;
}

// Some source; one whose text is missing if a few looks find it.
ItemId RandomPeople::waiting_for_text() {
  auto source = any(Kind::Source);
  for (int looks = 0; looks < 10; ++looks) {
    const auto row = projector::content_row(world_.state(), source);
    if (row && row->state != projector::ContentState::Complete) return source;
    source = any(Kind::Source);
  }
  return source;
}

std::pair<Position, Position> RandomPeople::some_range(const ItemId& source,
                                                       std::uint64_t whole_percent) {
  if (in(whole_percent)) return {};
  const auto length = length_of(source) + (in(3) ? 5 : 0);
  auto begin = static_cast<std::uint32_t>(below(rng_, length + 1));
  auto end = static_cast<std::uint32_t>(below(rng_, length + 1));
  if (begin > end && !in(3)) std::swap(begin, end);
  if (begin == end && end < length) ++end;
  return {begin, end};
}

void RandomPeople::look_around() {
  living_.clear();
  known_.clear();
  leases_.clear();
  merged_.clear();
  memos_.clear();
  linked_.clear();
  world_.state().scan(projector::Table::Items, {}, [&](ByteView key, ByteView value) {
    const auto row = projector::decode<projector::ItemRow>(value);
    const ItemId id = projector::item_in(key, 0);
    known_[row->kind].push_back(id);
    const auto lease = projector::value_of<projector::Lease>(*row, projector::Facet::Lease);
    if (lease.token != 0) leases_.emplace_back(id, lease);
    const auto life = projector::value_of<projector::Life>(*row, projector::Facet::Life);
    if (life.state == projector::LifeState::Merged) merged_.push_back(id);
    const auto props = projector::value_of<projector::Props>(*row, projector::Facet::Props);
    if (row->kind == Kind::Source && props.subkind == kMemo) memos_.push_back(id);
    if (projector::value_of<projector::Linked>(*row, projector::Facet::Owner).item)
      linked_.push_back(id);
    return true;
  });
  for (const auto& [kind, items] : known_)
    for (const auto& id : items)
      if (world_.alive(id)) living_[kind].push_back(id);
}

// ---- who, and what they saw ---------------------------------------------------------------------

void RandomPeople::choose_person() {
  static constexpr std::array<std::uint8_t, 20> kWho = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1,
                                                        1, 1, 1, 1, 2, 2, 2, 2, 3, 4};
  person_number_ = one_of(kWho);
  person_ = person_called(kPeople[person_number_])
                .in_session(static_cast<std::uint8_t>(1 + below(rng_, 3)));
  if (in(1)) person_.session = person_called(somebody()).in_session(1).session;
}

// Whoever holds a lease goes on in that session.
void RandomPeople::act_as(const SessionId& session) {
  for (std::uint64_t number = 0; number < kPeople.size(); ++number)
    for (std::uint8_t of = 1; of <= 3; ++of)
      if (person_called(kPeople[number]).in_session(of).session == session) {
        person_ = person_called(kPeople[number]).in_session(of);
        person_number_ = number;
      }
}

std::string RandomPeople::somebody() { return one_of(kPeople); }

std::optional<std::uint64_t> RandomPeople::some_seen() {
  const auto head = world_.head().value;
  const auto luck = below(rng_, 100);
  if (looked_) return std::exchange(looked_, std::nullopt)->value;
  if (luck < 55) return head;
  if (luck < 75) return engine::kLatest;
  if (luck < 93) return head - below(rng_, std::min<std::uint64_t>(head, 15) + 1);
  if (luck < 95) return below(rng_, head + 1);
  if (luck < 97) return head + 1 + below(rng_, 5);
  return std::nullopt;
}

void RandomPeople::build_on_earlier() {
  if (!in(6) || sent_.empty()) return;
  const auto& [command, who] =
      sent_[sent_.size() - 1 - below(rng_, std::min<std::size_t>(sent_.size(), 10))];
  person_.after = in(5) ? world_.new_command() : command;
  if (in(80) && who != person_number_) {
    person_ = person_called(kPeople[who]).in_session(1).building_on(person_.after);
    person_number_ = who;
  }
}

// ---- actions ------------------------------------------------------------------------------------

Action RandomPeople::on_project() {
  const auto luck = below(rng_, 100);
  if (luck < 30) return project_described(words());
  if (luck < 55) return project_titled(name());
  if (luck < 75) return guest_access(in(60));
  if (luck < 90) return project_deleted();
  if (luck < 97) return project_undeleted();
  return project_created(name());
}

Action RandomPeople::on_people() {
  const auto group = static_cast<fb::Group>(1 + below(rng_, 3));
  switch (below(rng_, 8)) {
    case 0:
    case 1:
    case 2:
      return member_added(somebody(), group);
    case 3:
      return member_removed(in(60) ? "dora" : somebody());
    case 4:
      return member_moved(in(90) ? somebody() : "nobody", group);
    case 5:
      return in(20) ? profile_created(world_.new_item(), somebody())
                    : profile_named(person_.profile(), name());
    default:
      return profile_named(in(60) ? person_.profile() : any(Kind::Profile), name());
  }
}

Action RandomPeople::on_leases() {
  if (!leases_.empty() && in(45)) {
    const auto& [item, lease] = one_of(leases_);
    if (in(25)) return lease_broken(item);
    if (in(90)) act_as(lease.session);
    return lease_released(item, Sequence{in(95) ? lease.token : lease.token + 1});
  }
  if (in(5))
    return in(50) ? lease_broken(any(Kind::Source)) : lease_released(any(Kind::Source), {});
  return lease_acquired(any(Kind::Source));
}

Action RandomPeople::on_folders() {
  switch (below(rng_, 5)) {
    case 0:
    case 1:
      return folder_created(in(97) ? world_.new_item() : any(Kind::Folder), name(),
                            maybe(Kind::Folder, 40));
    case 2:
      return folder_renamed(any(Kind::Folder), name());
    case 3:
      return folder_moved(any(Kind::Folder), maybe(Kind::Folder, 70));
    default:
      return folder_deleted(any(Kind::Folder));
  }
}

Action RandomPeople::on_sources() {
  const auto luck = below(rng_, 100);
  const auto folder = maybe(Kind::Folder, 40);
  if (luck < 25) return source_created(world_.new_item(), name(), text(), folder);
  if (luck < 38)
    return source_created(world_.new_item(), name(), words(), folder, fb::SourceKind::Memo);
  if (luck < 45) return source_without_text(world_.new_item(), name());
  if (luck < 48) return source_begun(world_.new_item(), name(), "begun", 12);
  if (luck < 60) {
    const auto source = waiting_for_text();
    const auto chunk = in(80) ? std::string("supplied text") : text();
    const auto length = static_cast<std::uint32_t>(code_points(chunk));
    return text_supplied(source, in(95) ? length_of(source) : 3, chunk, length);
  }
  if (luck < 75) return source_renamed(any(Kind::Source), name());
  if (luck < 90) return source_moved(any(Kind::Source), folder);
  return source_deleted(any(Kind::Source));
}

// An edit by who has the lease, mostly with its token and on the newest text.
Action RandomPeople::edit_of_leased_text() {
  ItemId source = any(Kind::Source);
  Sequence token{in(50) ? 0 : world_.head().value};
  if (!leases_.empty() && in(95)) {
    const auto& [item, lease] = one_of(leases_);
    source = item;
    token = Sequence{lease.token};
    if (in(90)) act_as(lease.session);
  }
  const auto row = projector::content_row(world_.state(), source);
  const auto length = row ? row->length : 0;
  std::vector<Edit> edits;
  std::uint32_t at = 0;
  for (auto left = 1 + below(rng_, 3); left > 0 && at <= length; --left) {
    Edit edit;
    edit.position = at + static_cast<std::uint32_t>(below(rng_, length - at + 1));
    edit.delete_length = static_cast<std::uint32_t>(
        below(rng_, std::min<std::uint32_t>(length - edit.position, in(25) ? 80 : 12) + 1));
    if (edit.delete_length == 0 || in(60)) edit.insert = in(90) ? "new \U0001F600" : words();
    at = edit.position + edit.delete_length + 1;
    if (edit.delete_length > 0 || !edit.insert.empty()) edits.push_back(edit);
    if (edit.delete_length > 1) cut_ = Cut{source, edit, world_.head()};
  }
  if (in(3)) edits.push_back({length + 7, 1, ""});
  const auto version = row ? row->version : Sequence{};
  return text_edited(source, token, in(93) ? version : Sequence{version.value / 2}, edits);
}

Action RandomPeople::on_codes() {
  const auto luck = below(rng_, 100);
  if (luck < 35) return code_created(world_.new_item(), name(), maybe(Kind::Code, 45));
  if (luck < 38) return code_folder_created(world_.new_item(), name());
  if (luck < 50) return code_renamed(any(Kind::Code), name());
  if (luck < 60) return code_described(any(Kind::Code), words());
  if (luck < 75) return code_moved(any(Kind::Code), maybe(Kind::Code, 70));
  if (luck < 84) return code_merged(several(Kind::Code), any(Kind::Code));
  if (luck < 93)
    return code_unmerged(merged_.empty() || in(20) ? several(Kind::Code)
                                                   : std::vector{one_of(merged_)});
  return code_deleted(any(Kind::Code));
}

Action RandomPeople::on_codings() {
  const auto luck = below(rng_, 100);
  const auto source = any(Kind::Source);
  const auto [begin, end] = some_range(source, 10);
  if (luck < 15 && cut_.source) {
    // A passage that somebody has just cut out, as it was seen before.
    looked_ = cut_.seen;
    return coded(world_.new_item(), any(Kind::Code), cut_.source, cut_.edit.position,
                 cut_.edit.position + cut_.edit.delete_length);
  }
  if (luck < 55) return coded(world_.new_item(), any(Kind::Code), source, begin, end);
  if (luck < 62) return uncoded(several(Kind::Coding));
  if (luck < 72) {
    static const std::vector<std::vector<std::string>> kCoders = {{}, {"*"}, {"ann", "ben"}};
    return uncoded_range(any(Kind::Code), source, begin, end, one_of(kCoders));
  }
  if (luck < 80) return coding_moved(any(Kind::Coding), any(Kind::Code));
  if (luck < 90) return coding_range_changed(any(Kind::Coding), begin, end);
  return coding_noted(any(Kind::Coding), words());
}

Action RandomPeople::on_notes() {
  const auto source = any(Kind::Source);
  const auto [begin, end] = some_range(source, 0);
  const auto annotation = any(Kind::Annotation);
  switch (below(rng_, 8)) {
    case 0:
    case 1:
      return annotated(world_.new_item(), source, *begin, *end, words());
    case 2:
      return annotation_changed(annotation, words() + "!");
    case 3:
      return annotation_deleted(annotation);
    case 4:
    case 5:
      return memo_linked(any({Kind::Source, Kind::Code}), a_memo());
    default: {
      const auto memo = linked_.empty() || in(10) ? a_memo() : one_of(linked_);
      const auto item = projector::item_of_memo(world_.state(), memo);
      return memo_unlinked(item && in(90) ? item : any({Kind::Source, Kind::Code}), memo);
    }
  }
}

Action RandomPeople::on_links() {
  const auto luck = below(rng_, 100);
  if (luck < 70) {
    const auto from = any({Kind::Source, Kind::Code, Kind::Coding, Kind::Annotation});
    const auto to = any({Kind::Source, Kind::Code, Kind::Folder, Kind::Profile});
    auto action = linked(world_.new_item(), from, to);
    auto& link = *action.AsSeealsoCreated();
    if (in(50)) {
      const auto [begin, end] = some_range(from, 0);
      link.from_begin = *begin;
      link.from_end = *end;
    }
    if (in(30)) {
      const auto [begin, end] = some_range(to, 0);
      link.to_begin = *begin;
      link.to_end = *end;
    }
    return action;
  }
  if (luck < 85) return link_named(any(Kind::Seealso), name());
  return link_deleted(any(Kind::Seealso));
}

Action RandomPeople::on_undo() {
  const auto head = world_.head().value;
  if (in(25)) return undone(std::vector<Sequence>{});
  std::vector<Sequence> events = {Sequence{head - below(rng_, std::min<std::uint64_t>(head, 25))}};
  if (in(10)) events.push_back(Sequence{1 + below(rng_, head)});
  if (in(2)) events.front() = Sequence{head + 3};
  return in(8) ? undone_as(events.front(), name()) : undone(events);
}

// What this version names and does not serve.
Action RandomPeople::unserved() {
  if (in(50)) return action_of(fb::ErasurePerformedT{});
  auto action = code_created(world_.new_item(), name());
  action.AsCodeCreated()->kind = fb::CodeKind::Relationship;
  return action;
}

// Sound in each part, and as a whole larger than an item may be.
Action RandomPeople::too_large() {
  auto action = source_created(world_.new_item(), name(), std::string(40'000, 'x'));
  action.AsSourceCreated()->description = plain_text(std::string(40'000, 'y'));
  return action;
}

Action RandomPeople::some_action() {
  const auto luck = below(rng_, 1000);
  if (luck < 25) return on_project();
  if (luck < 85) return on_people();
  if (luck < 160) return on_leases();
  if (luck < 220) return on_folders();
  if (luck < 340) return on_sources();
  if (luck < 420) return edit_of_leased_text();
  if (luck < 570) return on_codes();
  if (luck < 740) return on_codings();
  if (luck < 820) return on_notes();
  if (luck < 870) return on_links();
  if (luck < 985) return on_undo();
  if (luck < 993) return unserved();
  if (luck < 996) return too_large();
  return import_started();
}

Actions RandomPeople::some_actions() {
  Actions actions = {some_action()};
  while (in(20)) actions.push_back(some_action());
  return actions;
}

// ---- commands -----------------------------------------------------------------------------------

std::vector<Sent> RandomPeople::beginning() {
  std::vector<Sent> sent;
  if (in(15)) {
    const auto coder = world_.new_item(), source = world_.new_item(), code = world_.new_item();
    auto coding = coded(world_.new_item(), code, source, 0, 5);
    coding.AsCodingAdded()->coder = coder;
    sent.push_back(
        {world_.ann,
         world_.command(world_.ann, {import_started(),
                                     profile_created(coder, "old.coder", fb::ProfileKind::Imported),
                                     source_created(source, "imported", "There was nobody."),
                                     code_created(code, "imported"), coding})});
  }
  static constexpr std::array<fb::Group, 5> kGroups = {fb::Group::Owner, fb::Group::Owner,
                                                       fb::Group::Contributor, fb::Group::Reader,
                                                       fb::Group::None};
  Actions actions;
  for (std::size_t number = 1; number < kPeople.size(); ++number)
    if (is_kept(kGroups[number])) actions.push_back(member_added(kPeople[number], kGroups[number]));
  const auto folder = world_.new_item();
  actions.push_back(folder_created(folder, "interviews"));
  for (const auto* title : {"one", "two"}) {
    const auto source = world_.new_item(), code = world_.new_item();
    actions.push_back(source_created(source, title, kWords.back(), folder));
    actions.push_back(code_created(code, title));
    actions.push_back(coded(world_.new_item(), code, source, 3, 15));
    actions.push_back(annotated(world_.new_item(), source, 5, 12, "a note"));
  }
  sent.push_back({world_.ann, world_.command(world_.ann, actions)});
  return sent;
}

Sent RandomPeople::next() {
  look_around();
  choose_person();
  build_on_earlier();
  if (in(4)) world_.clock().pass(below(rng_, 20) * kMinute_us);
  if (!world_.alive(projector::kProjectItem) && in(40)) person_ = world_.ann;
  Sent sent;
  auto actions = some_actions();
  if (!world_.alive(projector::kProjectItem) && in(40)) actions = {project_undeleted()};
  if (in(1) && in(20)) {
    sent.trusted = true;
    fb::ProjectForkedT fork;
    fork.title = name_text(test_name_key(), name());
    fork.sequence = world_.head().value;
    actions = {action_of(std::move(fork))};
  }
  sent.person = person_;
  sent.command = world_.command(person_, actions);
  const auto seen = some_seen();
  sent.command.seen =
      seen ? flatbuffers::Optional<std::uint64_t>(*seen) : flatbuffers::Optional<std::uint64_t>();
  if (in(5)) sent.command.reason = std::make_unique<fb::TextT>(*plain_text(words() + "why"));
  sent_.emplace_back(sent.command.command_id, person_number_);
  return sent;
}

}  // namespace qualog::test
