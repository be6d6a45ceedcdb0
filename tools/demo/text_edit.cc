// SPDX-License-Identifier: Apache-2.0
#include "tools/demo/text_edit.h"

#include "projector/query/text.h"

#include <fmt/format.h>

namespace qualog::demo {

namespace {

std::unique_ptr<fb::SpliceT> splice(std::uint32_t position, std::string_view from,
                                    std::string_view to) {
  auto made = std::make_unique<fb::SpliceT>();
  made->position = position;
  made->delete_length = code_points(from);
  made->insert = plain_text(to);
  return made;
}

}  // namespace

Result<Sequence> take_lease(Stage& stage, std::string_view account, const ItemId& source) {
  fb::LeaseAcquiredT lease;
  lease.item = source;
  return stage.act(account, action_of(std::move(lease)));
}

Result<void> release_lease(Stage& stage, std::string_view account, const ItemId& source,
                           Sequence token) {
  fb::LeaseReleasedT release;
  release.item = source;
  release.token = token.value;
  QUALOG_TRY(stage.act(account, action_of(std::move(release))));
  return {};
}

Result<Sequence> replace_words(Stage& stage, std::string_view account, const ItemId& source,
                               Sequence token, std::string_view from, std::string_view to) {
  fb::SourceTextEditedT edit;
  {
    QUALOG_ASSIGN(const auto state, stage.read());
    const auto content = projector::content_row(*state, source);
    QUALOG_TRY(expect(content.has_value(), "the transcript has a text"));
    edit.version = content->version.value;
    const auto text = projector::source_text(*state, source);
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + 1))
      edit.splices.push_back(splice(code_points(std::string_view(text).substr(0, at)), from, to));
  }
  edit.source = source;
  edit.token = token.value;
  return stage.act(account, action_of(std::move(edit)));
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string made;
  for (auto at = text.find(from); at != std::string_view::npos; at = text.find(from)) {
    made.append(text.substr(0, at)).append(to);
    text.remove_prefix(at + from.size());
  }
  return made.append(text);
}

Result<std::vector<projector::CodingEntry>> coded_on(const Stage& stage, const ItemId& source) {
  QUALOG_ASSIGN(const auto state, stage.read());
  projector::CodingFilter filter;
  filter.source = source;
  return projector::codings(*state, filter);
}

}  // namespace qualog::demo
