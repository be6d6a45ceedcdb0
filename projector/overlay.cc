// SPDX-License-Identifier: Apache-2.0
#include "projector/overlay.h"

namespace qualog::projector {

namespace {

// A key with its table in front, without an allocation for the usual lengths.
class FullKey {
 public:
  FullKey(Table table, ByteView key) {
    if (key.size() < sizeof fixed_) {
      fixed_[0] = static_cast<char>(table);
      std::copy(key.begin(), key.end(), fixed_ + 1);
      text_ = {fixed_, key.size() + 1};
    } else {
      long_.assign(1, static_cast<char>(table)).append(text_of(key));
      text_ = long_;
    }
  }
  FullKey(const FullKey&) = delete;
  FullKey& operator=(const FullKey&) = delete;

  std::string_view text() const { return text_; }

 private:
  char fixed_[64];
  std::string long_;
  std::string_view text_;
};

}  // namespace

std::optional<ByteView> Overlay::get(Table table, ByteView key) const {
  const auto found = rows_.find(FullKey(table, key).text());
  if (found == rows_.end()) return base_ ? base_->get(table, key) : std::nullopt;
  if (!found->second) return std::nullopt;
  return view(*found->second);
}

void Overlay::scan(Table table, ByteView prefix, Visit visit) const {
  const FullKey full(table, prefix);
  auto mine = rows_.lower_bound(full.text());
  bool going = true;
  // Visits own rows up to `limit` (all when empty).
  const auto visit_mine = [&](std::string_view limit, bool bounded) {
    while (going && mine != rows_.end() && mine->first.starts_with(full.text())) {
      if (bounded && mine->first.compare(1, std::string::npos, limit) >= 0) return;
      if (mine->second)
        going = visit(view(std::string_view(mine->first).substr(1)), view(*mine->second));
      ++mine;
    }
  };
  if (base_ != nullptr)
    base_->scan(table, prefix, [&](ByteView key, ByteView value) {
      visit_mine(text_of(key), true);
      if (!going) return false;
      const bool replaced = mine != rows_.end() && mine->first.starts_with(full.text()) &&
                            std::string_view(mine->first).substr(1) == text_of(key);
      if (!replaced) return going = visit(key, value);
      if (mine->second) going = visit(key, view(*mine->second));
      ++mine;
      return going;
    });
  visit_mine({}, false);
}

void Overlay::put(Table table, ByteView key, ByteView value) {
  set(table, key, std::string(text_of(value)));
}

void Overlay::erase(Table table, ByteView key) {
  if (base_ != nullptr) return set(table, key, std::nullopt);
  const auto found = rows_.find(FullKey(table, key).text());
  if (found != rows_.end()) rows_.erase(found);
}

void Overlay::set(Table table, ByteView key, std::optional<std::string> value) {
  const FullKey full(table, key);
  bytes_ += value ? value->size() : 0;
  const auto at = rows_.lower_bound(full.text());
  if (at != rows_.end() && at->first == full.text()) {
    at->second = std::move(value);
  } else {
    bytes_ += full.text().size();
    rows_.emplace_hint(at, std::string(full.text()), std::move(value));
  }
}

void Overlay::write_to(Store& target) const {
  for (const auto& [full, value] : rows_) {
    const auto table = static_cast<Table>(full[0]);
    const ByteView key = view(std::string_view(full).substr(1));
    if (value)
      target.put(table, key, view(*value));
    else
      target.erase(table, key);
  }
}

void Overlay::absorb(Overlay& upper) {
  while (!upper.rows_.empty()) {
    auto node = upper.rows_.extract(upper.rows_.begin());
    auto inserted = rows_.insert(std::move(node));
    if (!inserted.inserted) inserted.position->second = std::move(inserted.node.mapped());
  }
  bytes_ += upper.bytes_;
  upper.clear();
}

void Overlay::clear() {
  rows_.clear();
  bytes_ = 0;
}

}  // namespace qualog::projector
