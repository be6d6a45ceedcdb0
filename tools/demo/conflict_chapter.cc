// SPDX-License-Identifier: Apache-2.0
// Chapter 2: four people work at once. Coding never collides; who was first with a definition keeps
// it, and the other's words are kept; nobody deletes work that they have not seen; a transcript in
// correction is for one.
#include "projector/query/inbox.h"
#include "tools/demo/chapters.h"
#include "tools/demo/text_edit.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <future>
#include <thread>

namespace qualog::demo {

namespace {

namespace json = boost::json;
using engine::Answer;
using engine::Outcome;

constexpr std::size_t kEach = 25;
constexpr std::string_view kBosWords =
    "The head no longer follows. Also what people do against it: counting aloud, saying all twice.";
constexpr std::string_view kCleosWords =
    "Only what is lost: a line, a sentence, a zero too many. What people do against it is another "
    "code.";

bool refused_as(const Answer& answer, fb::RefusalCode code, std::string_view winner) {
  return answer.outcome == Outcome::refused && answer.refusal && answer.refusal->code == code &&
         answer.refusal->winner && answer.refusal->winner->actor == winner;
}

std::string when(const Answer& answer) { return time_of_day(answer.refusal->winner->time); }

std::future<Answer> submit(Stage& stage, std::string_view account, fb::CommandT command) {
  auto promise = std::make_shared<std::promise<Answer>>();
  auto answer = promise->get_future();
  stage.owner().submit({std::move(command), std::string(account), false,
                        [promise](const Answer& given) { promise->set_value(given); }});
  return answer;
}

// ---- many codings -------------------------------------------------------------------------------

Result<std::vector<fb::CommandT>> work_of(Stage& stage, std::size_t coder) {
  std::vector<fb::CommandT> commands;
  for (const auto& left : codings_left_for(coder)) {
    if (commands.size() == kEach) break;
    QUALOG_ASSIGN(auto action, stage.coding(left));
    std::vector<fb::ActionUnion> actions;
    actions.push_back(action_of(std::move(action)));
    commands.push_back(stage.command(kCoders[coder].account, std::move(actions)));
  }
  return commands;
}

Result<std::size_t> code_at_once(Stage& stage) {
  std::array<std::vector<fb::CommandT>, kCoders.size()> work;
  for (std::size_t coder = 0; coder < kCoders.size(); ++coder) {
    QUALOG_ASSIGN(work[coder], work_of(stage, coder));
  }
  std::array<std::size_t, kCoders.size()> accepted{};
  std::vector<std::thread> people;
  for (std::size_t coder = 0; coder < kCoders.size(); ++coder)
    people.emplace_back([&stage, &mine = work[coder], &count = accepted[coder], coder] {
      for (auto& command : mine) {
        const auto answer =
            stage.owner().ask(std::move(command), std::string(kCoders[coder].account));
        count += answer.outcome == Outcome::accepted && !answer.noop ? 1 : 0;
      }
    });
  for (auto& person : people) person.join();
  std::size_t all = 0;
  for (const auto count : accepted) all += count;
  return all;
}

Result<void> tell_of_coding(Stage& stage, Teller& teller) {
  QUALOG_ASSIGN(const auto before, stage.read());
  const auto held = holdings(*before).codings;
  QUALOG_ASSIGN(const auto accepted, code_at_once(stage));
  QUALOG_TRY(expect(accepted == kEach * kCoders.size(), "all codings made at once are accepted"));
  QUALOG_ASSIGN(const auto after, stage.read());
  QUALOG_TRY(expect(holdings(*after).codings == held + accepted, "all codings are there"));
  teller.say(fmt::format(
      "Ada, Bo, Cleo and Dag code at the same time, {} passages each: all {} are in. Coding is "
      "never a conflict, also where somebody else has given the passage the same code, as here.",
      kEach, accepted));
  teller.fact("coded_at_once", accepted);
  return {};
}

// ---- two definitions ----------------------------------------------------------------------------

fb::CommandT definition(Stage& stage, std::string_view account, const ItemId& code,
                        std::string_view words, Sequence seen) {
  fb::CodePropsChangedT change;
  change.code = code;
  change.description = plain_text(words);
  std::vector<fb::ActionUnion> actions;
  actions.push_back(action_of(std::move(change)));
  return stage.command(account, std::move(actions), seen);
}

// "description" of an object; empty when there is none.
std::string description_in(const json::value& value) {
  const auto* object = value.if_object();
  const auto* text = object != nullptr ? object->if_contains("description") : nullptr;
  return text != nullptr && text->is_string() ? std::string(text->get_string()) : "";
}

json::value parsed(const std::string& text) {
  boost::system::error_code error;
  auto value = json::parse(text, error);
  return error ? json::value() : value;
}

std::string description_of(const std::vector<projector::FacetEntry>& facets) {
  if (facets.empty() || !facets.front().value) return "";
  return description_in(parsed(facets.front().value->plain));
}

std::string description_drafted(const projector::InboxEntry& entry) {
  const auto draft = parsed(entry.draft().value_or(""));
  const auto* actions = draft.if_array();
  if (actions == nullptr || actions->empty()) return "";
  const auto* action = actions->front().if_object();
  const auto* body = action != nullptr ? action->if_contains("body") : nullptr;
  return body != nullptr ? description_in(*body) : "";
}

// The one refused command of an account.
Result<projector::InboxEntry> kept_for(const Stage& stage, std::string_view account) {
  QUALOG_ASSIGN(const auto state, stage.read());
  projector::InboxFilter filter;
  filter.author = std::string(account);
  auto entries = projector::inbox(*state, filter);
  QUALOG_TRY(expect(entries.size() == 1, "one piece of work is kept"));
  return std::move(entries.front());
}

Result<void> tell_of_definitions(Stage& stage, Teller& teller) {
  QUALOG_ASSIGN(const auto code, stage.code(kDisputed));
  QUALOG_ASSIGN(const auto seen, stage.head());
  // Both in the queue before either is answered; both have read the same definition.
  auto bo = submit(stage, kBo, definition(stage, kBo, code, kBosWords, seen));
  auto cleo = submit(stage, kCleo, definition(stage, kCleo, code, kCleosWords, seen));
  const auto first = bo.get(), second = cleo.get();
  QUALOG_TRY(expect(first.outcome == Outcome::accepted, "Bo's definition stands"));
  QUALOG_TRY(expect(refused_as(second, fb::RefusalCode::Stale, kBo) &&
                        second.refusal->winner->sequence == first.sequence.value,
                    "Cleo is told that Bo was first"));
  QUALOG_ASSIGN(const auto kept, kept_for(stage, kCleo));
  const auto base = description_of(kept.base), theirs = description_of(kept.latest);
  const auto mine = description_drafted(kept);
  QUALOG_TRY(expect(kept.command == second.command && !base.empty() && base != theirs,
                    "what both had read is kept"));
  QUALOG_TRY(expect(theirs == kBosWords && mine == kCleosWords, "both definitions are kept"));
  stage.memory().refused = second.command;

  teller.say(fmt::format(
      "Bo and Cleo define \"{}\" anew, both from the same words. Bo was first. Cleo is told at "
      "once: Bo changed this code at {} (event {}). Not a word of hers is lost: it is kept for "
      "her, beside what both had read and what stands now:",
      kDisputed, when(second), first.sequence.value));
  teller.show("had read", base);
  teller.show("Bo's", theirs);
  teller.show("Cleo's", mine);
  teller.fact("first", kBo);
  teller.fact("told", kCleo);
  teller.fact("won_with_sequence", first.sequence.value);
  teller.fact(
      "kept",
      json::object{
          {"id", second.command.text()}, {"base", base}, {"theirs", theirs}, {"mine", mine}});
  return {};
}

// ---- a code that is in use ----------------------------------------------------------------------

Result<void> tell_of_deletion(Stage& stage, Teller& teller) {
  constexpr std::string_view kUsed = "Humour";
  QUALOG_ASSIGN(const auto code, stage.code(kUsed));
  QUALOG_ASSIGN(const auto seen, stage.head());
  QUALOG_ASSIGN(auto coding, stage.coding({5, 0, 3}));
  coding.code = code;
  const auto coded = coding.id;
  QUALOG_TRY(stage.act(kDag, action_of(std::move(coding))));
  fb::CodeDeletedT deletion;
  deletion.code = code;
  const auto answer = stage.ask(kCleo, action_of(std::move(deletion)), seen);
  QUALOG_TRY(expect(refused_as(answer, fb::RefusalCode::Stale, kDag),
                    "Cleo cannot delete what Dag has just used"));
  QUALOG_ASSIGN(const auto state, stage.read());
  QUALOG_TRY(expect(projector::standing(*state, coded) == projector::Standing::Alive,
                    "Dag's coding stands"));
  teller.say(fmt::format(
      "Cleo deletes \"{}\". But Dag was first: he coded with it at {}, after she had looked. The "
      "code stays, and so does his work: nobody deletes what they have not seen.",
      kUsed, when(answer)));
  teller.fact("deletion_refused_for", kDag);
  return {};
}

// ---- a transcript in correction -----------------------------------------------------------------

Result<fb::ActionUnion> coding_of_wheels(Stage& stage, ItemId& source) {
  const auto& passages = sample_passages();
  std::size_t at = 0;
  while (at < passages.size() && !passages[at].text.starts_with("Everything that has wheels")) ++at;
  QUALOG_TRY(expect(at < passages.size(), "the sample has Marek's first sentence"));
  QUALOG_ASSIGN(auto coding, stage.coding({at, 0, 3}));
  QUALOG_ASSIGN(coding.code, stage.code("The work"));
  source = coding.source;
  return action_of(std::move(coding));
}

Result<void> tell_of_lease(Stage& stage, Teller& teller) {
  ItemId source;
  QUALOG_ASSIGN(auto early, coding_of_wheels(stage, source));
  QUALOG_ASSIGN(const auto token, take_lease(stage, kAda, source));
  const auto answer = stage.ask(kDag, std::move(early));
  QUALOG_TRY(expect(refused_as(answer, fb::RefusalCode::LockedEdit, kAda),
                    "Dag waits while Ada corrects the text"));
  QUALOG_ASSIGN(const auto kept, kept_for(stage, kDag));
  QUALOG_TRY(expect(kept.command == answer.command && kept.draft(), "Dag's coding is kept"));
  QUALOG_TRY(replace_words(stage, kAda, source, token, "oxigen", "oxygen"));
  QUALOG_TRY(release_lease(stage, kAda, source, token));
  QUALOG_ASSIGN(auto late, coding_of_wheels(stage, source));
  QUALOG_TRY(stage.act(kDag, std::move(late)));
  teller.say(fmt::format(
      "Ada opens the transcript of {} to correct a spelling. Dag wants to code in it and is told: "
      "Ada has been editing since {}; his coding, too, is kept for him. She closes it, he sends "
      "it again, and it is in.",
      sample_interviews()[1].name, when(answer)));
  teller.fact("edited_by", kAda);
  teller.fact("had_to_wait", kDag);
  return {};
}

}  // namespace

Result<void> conflict_chapter(Stage& stage, Teller& teller) {
  teller.chapter("conflicts", "Four people at once");
  QUALOG_TRY(tell_of_coding(stage, teller));
  QUALOG_TRY(tell_of_definitions(stage, teller));
  QUALOG_TRY(tell_of_deletion(stage, teller));
  return tell_of_lease(stage, teller);
}

}  // namespace qualog::demo
