// SPDX-License-Identifier: Apache-2.0
#include "engine/blobs/named_blobs.h"

#include "schema/codec.h"
#include "schema/fbs/command_generated.h"

#include <algorithm>
#include <cstring>
#include <set>

namespace qualog::engine {

namespace {

constexpr std::string_view kBlob = "Blob";

// The table that a field holds, alone or in a list; nullptr: something else.
const reflection::Object* table_in(const reflection::Field& field,
                                   const reflection::Schema& schema) {
  const auto& type = *field.type();
  const bool is_list = type.base_type() == reflection::BaseType::Vector;
  if ((is_list ? type.element() : type.base_type()) != reflection::BaseType::Obj) return nullptr;
  const auto* object = schema.objects()->Get(static_cast<unsigned>(type.index()));
  return object->is_struct() ? nullptr : object;
}

bool may_name(const reflection::Object& object, const reflection::Schema& schema,
              std::set<const reflection::Object*>& seen) {
  if (short_name(object) == kBlob) return true;
  if (!seen.insert(&object).second) return false;
  return std::any_of(object.fields()->begin(), object.fields()->end(), [&](const auto* field) {
    const auto* below = table_in(*field, schema);
    return below != nullptr && may_name(*below, schema, seen);
  });
}

bool action_may_name_blobs(fb::Action action) {
  static const auto by_number = [] {
    std::array<bool, 256> answers{};
    for (unsigned number = 0; number < answers.size(); ++number) {
      const auto* object = object_of(static_cast<fb::Action>(number));
      answers[number] = object != nullptr && may_name_blobs(*object, schema());
    }
    return answers;
  }();
  return by_number[static_cast<std::size_t>(action)];
}

// What is absent is zero, and no blob.
BlobInfo blob_in(const flatbuffers::Table& table, const reflection::Object& object) {
  BlobInfo blob;
  const auto* hash = field_of(object, "hash");
  const auto* size = field_of(object, "size");
  if (hash != nullptr)
    if (const auto* bytes = table.GetStruct<const std::uint8_t*>(hash->offset()))
      std::memcpy(blob.hash.data(), bytes, blob.hash.size());
  if (size != nullptr) blob.size = table.GetField<std::uint64_t>(size->offset(), 0);
  return blob;
}

void add_field(const flatbuffers::Table& table, const reflection::Field& field,
               const reflection::Object& below, const reflection::Schema& schema,
               std::vector<BlobInfo>& found) {
  using Tables = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::Table>>;
  if (field.type()->base_type() == reflection::BaseType::Obj) {
    if (const auto* inner = table.GetPointer<const flatbuffers::Table*>(field.offset()))
      add_blobs_in(*inner, below, schema, found);
    return;
  }
  if (const auto* list = table.GetPointer<const Tables*>(field.offset()))
    for (const auto* inner : *list) add_blobs_in(*inner, below, schema, found);
}

void add_action(fb::Action type, const void* action, std::vector<BlobInfo>& found) {
  if (action == nullptr || !action_may_name_blobs(type)) return;
  add_blobs_in(*static_cast<const flatbuffers::Table*>(action), *object_of(type), schema(), found);
}

}  // namespace

bool may_name_blobs(const reflection::Object& object, const reflection::Schema& schema) {
  std::set<const reflection::Object*> seen;
  return may_name(object, schema, seen);
}

void add_blobs_in(const flatbuffers::Table& table, const reflection::Object& object,
                  const reflection::Schema& schema, std::vector<BlobInfo>& found) {
  if (short_name(object) == kBlob) return found.push_back(blob_in(table, object));
  for (const auto* field : *object.fields())
    if (const auto* below = table_in(*field, schema))
      add_field(table, *field, *below, schema, found);
}

std::vector<BlobInfo> blobs_named_by(const fb::CommandT& command) {
  std::vector<BlobInfo> found;
  Bytes packed;
  for (const auto& proposal : command.actions) {
    if (!action_may_name_blobs(proposal->action.type)) continue;
    pack(*proposal, packed);
    add_action(proposal->action.type, trusted_proposal(packed).action(), found);
  }
  return found;
}

std::vector<BlobInfo> blobs_named_by(const fb::Event& event) {
  std::vector<BlobInfo> found;
  add_action(event.action_type(), event.action(), found);
  return found;
}

Result<std::vector<Digest>> complete_among(BlobStore& store, const std::vector<BlobInfo>& named) {
  std::vector<Digest> complete;
  std::set<Digest> missing;
  for (const auto& blob : std::set<BlobInfo>(named.begin(), named.end())) {
    QUALOG_ASSIGN(const bool is_there, store.is_complete(blob));
    if (is_there)
      complete.push_back(blob.hash);
    else
      missing.insert(blob.hash);
  }
  std::erase_if(complete, [&](const Digest& hash) { return missing.count(hash) > 0; });
  return complete;
}

}  // namespace qualog::engine
