// SPDX-License-Identifier: Apache-2.0
// qualog stripes PROJECT SOURCE [--show] [--count] [--code] [--set] [--classification] [--coder]
// [--by-coder] [--density] [--at]: where in a source each code lies, and how densely it is coded.
#include "projector/query/stripes.h"

#include "projector/value_json.h"
#include "schema/time.h"
#include "tools/qualog/support/json_text.h"
#include "tools/qualog/support/lookup.h"
#include "tools/qualog/support/print.h"
#include "tools/qualog/support/state_at.h"
#include "tools/qualog/support/table.h"
#include "tools/qualog/support/words.h"
#include "tools/qualog/views/stripe_picture.h"
#include "tools/qualog/views/views.h"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace qualog::tools {

namespace {

using projector::Coverage;
using projector::Density;
using projector::Kind;
using projector::Stripe;
using projector::StripeFilter;
using projector::StripeOrder;
using projector::Stripes;

// What is printed of a source.
struct StripeView {
  projector::Named source;
  std::string show;
  Stripes stripes;
};

StripeOrder order_named(const std::string& word) {
  const auto& words = stripe_orders();
  const auto at = std::find(words.begin(), words.end(), word) - words.begin();
  return static_cast<StripeOrder>(at);
}

Result<void> add_chosen(const projector::Reader& state, const std::string& given,
                        const std::vector<Kind>& kinds, const std::string& called,
                        StripeFilter& filter) {
  if (given.empty()) return {};
  QUALOG_ASSIGN(const auto found, find_item(state, given, kinds, called));
  filter.items.push_back(found);
  return {};
}

Result<StripeFilter> stripe_filter(const projector::Reader& state, const StripesOptions& options) {
  StripeFilter filter;
  filter.order = order_named(options.show);
  filter.by_coder = options.by_coder;
  filter.most = options.count;
  for (const auto& code : options.codes)
    QUALOG_TRY(add_chosen(state, code, coded_kinds(), "code", filter));
  QUALOG_TRY(add_chosen(state, options.set, {Kind::Set}, "set", filter));
  QUALOG_TRY(
      add_chosen(state, options.classification, {Kind::Classification}, "classification", filter));
  for (const auto& given : options.coders) {
    QUALOG_ASSIGN(const auto coder, find_coder(state, given));
    filter.coders.push_back(coder);
  }
  return filter;
}

// A relationship has no name.
std::string code_text(const projector::Named& code) {
  return code.name.plain.empty() ? code.id.text() : code.name.plain;
}

boost::json::object coverage_json(const Coverage& coverage) {
  boost::json::array ranges;
  for (const auto& reach : coverage.reaches)
    ranges.push_back(boost::json::object{{"begin", reach.begin}, {"end", reach.end}});
  return {{"codings", coverage.codings},
          {"beside", coverage.beside},
          {"covered", coverage.covered},
          {"ranges", std::move(ranges)},
          {"last_change", rfc3339(coverage.changed.time)},
          {"sequence", coverage.changed.sequence.value}};
}

boost::json::object stripe_json(const Stripe& stripe) {
  boost::json::array coders;
  for (const auto& sub : stripe.coders) {
    auto line = coverage_json(sub.coverage);
    line["coder"] = sub.coder.text();
    line["profile"] = sub.coder.profile.text();
    line["color"] = or_null(sub.color);
    coders.push_back(std::move(line));
  }
  auto line = coverage_json(stripe.coverage);
  line["code"] = stripe.code.id.text();
  line["code_name"] = projector::text_json(stripe.code.name);
  line["color"] = or_null(stripe.color);
  line["coders"] = std::move(coders);
  return line;
}

boost::json::array density_json(const Density& density) {
  boost::json::array ranges;
  for (const auto& range : density.ranges)
    ranges.push_back(boost::json::object{
        {"begin", range.begin}, {"end", range.end}, {"codings", range.codings}});
  return ranges;
}

boost::json::object view_json(const StripeView& view) {
  boost::json::array lines;
  for (const auto& stripe : view.stripes.stripes) lines.push_back(stripe_json(stripe));
  const bool is_text = view.stripes.density.along == projector::Along::Text;
  return {{"source", view.source.id.text()},
          {"source_name", projector::text_json(view.source.name)},
          {"unit", is_text ? "code_points" : "milliseconds"},
          {"length", view.stripes.density.length},
          {"codings", view.stripes.density.all.codings},
          {"beside", view.stripes.density.all.beside},
          {"detached", view.stripes.density.detached},
          {"show", view.show},
          {"left_out", view.stripes.left_out},
          {"stripes", std::move(lines)},
          {"density", density_json(view.stripes.density)}};
}

std::string ranges_text(const Coverage& coverage) {
  std::string text;
  for (const auto& reach : coverage.reaches)
    text += fmt::format("{}{}-{}", text.empty() ? "" : "; ", reach.begin, reach.end);
  return text;
}

// The rows of a table of stripes: with a picture for people, with the ranges for programs.
class StripeRows {
 public:
  StripeRows(const StripeView& view, bool by_coder, bool csv)
      : view_(view), by_coder_(by_coder), csv_(csv), table_(columns()) {}

  void print() {
    for (const auto& stripe : view_.stripes.stripes) add_stripe(stripe);
    const auto& all = view_.stripes.density;
    if (!csv_ && all.all.codings > 0)
      add({"(all codings)", {}}, "", all.all, density_picture(all.ranges, all.length));
    table_.print(csv_);
  }

 private:
  struct Label {
    std::string text;
    ItemId id;
  };

  static Label label_of(const projector::Named& code) { return {code_text(code), code.id}; }

  std::vector<Column> columns() const {
    std::vector<Column> columns = {{"Code"}};
    if (by_coder_) columns.push_back({"Coder"});
    for (const auto* number : {"Codings", "Covered", "First"})
      columns.push_back({number, Align::right, true});
    columns.push_back({"Changed", Align::left, true});
    columns.push_back({csv_ ? "Ranges" : "Where", Align::left, true});
    columns.push_back(id_column("Code id"));
    return columns;
  }

  void add_stripe(const Stripe& stripe) {
    if (!by_coder_) return add_covered(label_of(stripe.code), "", stripe.coverage);
    for (const auto& sub : stripe.coders)
      add_covered(label_of(stripe.code), sub.coder.text(), sub.coverage);
  }

  void add_covered(const Label& code, const std::string& coder, const Coverage& coverage) {
    add(code, coder, coverage,
        csv_ ? ranges_text(coverage)
             : stripe_picture(coverage.reaches, view_.stripes.density.length));
  }

  void add(const Label& code, const std::string& coder, const Coverage& coverage,
           const std::string& where) {
    std::vector<std::string> cells = {code.text};
    if (by_coder_) cells.push_back(coder);
    const auto& reaches = coverage.reaches;
    const auto time = rfc3339(coverage.changed.time);
    cells.push_back(std::to_string(coverage.codings));
    cells.push_back(std::to_string(coverage.covered));
    cells.push_back(reaches.empty() ? "" : std::to_string(reaches.front().begin));
    cells.push_back(csv_ ? time : short_time(time).substr(0, kDateCells));
    cells.push_back(where);
    cells.push_back(id_cell(code.id));
    table_.add(std::move(cells));
  }

  static constexpr std::size_t kDateCells = 10;

  const StripeView& view_;
  bool by_coder_;
  bool csv_;
  Table table_;
};

void print_density(const Globals& globals, const Density& density) {
  std::vector<Column> columns = {
      {"Begin", Align::right, true}, {"End", Align::right, true}, {"Codings", Align::right, true}};
  if (!globals.csv) columns.push_back({"Where", Align::left, true});
  Table table(std::move(columns));
  for (const auto& range : density.ranges) {
    std::vector<std::string> cells = {std::to_string(range.begin), std::to_string(range.end),
                                      std::to_string(range.codings)};
    if (!globals.csv) cells.push_back(stripe_picture({{range.begin, range.end}}, density.length));
    table.add(std::move(cells));
  }
  table.print(globals.csv);
}

void say_beside(const StripeView& view) {
  if (const auto count = view.stripes.density.all.beside; count > 0)
    say("codings on areas, which have no stripe here: {}; the command codings says where", count);
}

void say_left_out(const StripeView& view) {
  if (const auto count = view.stripes.left_out; count > 0)
    say("{} {} left out: at most {} are shown; choose with --show, --code, --set or --coder", count,
        count == 1 ? "code is" : "codes are", view.stripes.stripes.size());
}

Result<Exit> show_stripes(const Globals& globals, const StripesOptions& options) {
  QUALOG_ASSIGN(const auto opened, StateAt::open(globals, options.project, options.at));
  const auto& state = opened.state();
  QUALOG_ASSIGN(const auto source, find_item(state, options.source, {Kind::Source}, "source"));
  QUALOG_ASSIGN(const auto filter, stripe_filter(state, options));
  const StripeView view{projector::named(state, source), options.show,
                        projector::stripes(state, source, filter)};
  QUALOG_TRY(state.undamaged());
  if (globals.json)
    print_line(view_json(view));
  else if (options.density)
    print_density(globals, view.stripes.density);
  else
    StripeRows(view, options.by_coder, globals.csv).print();
  if (globals.json) return Exit::done;
  say_beside(view);
  if (!options.density) say_left_out(view);
  return Exit::done;
}

}  // namespace

const std::vector<std::string>& stripe_orders() {
  static const std::vector<std::string> words = {"all", "most", "least", "recent"};
  return words;
}

Exit stripes(const Globals& globals, const StripesOptions& options) {
  return finish(globals, show_stripes(globals, options));
}

}  // namespace qualog::tools
