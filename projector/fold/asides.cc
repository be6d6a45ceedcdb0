// SPDX-License-Identifier: Apache-2.0
// Asides: remembered answers, the inbox, and what sessions did without an event.
#include "projector/fold/fold.h"
#include "schema/fbs/aside_generated.h"

namespace qualog::projector {

namespace {

// A session is bound to whoever used it first, and does not begin again once it has ended.
void remember_session(Store& store, const fb::Aside& aside) {
  if (aside.session() == nullptr || aside.actor() == nullptr) return;
  const SessionId session = flatbuffers::UnPack(*aside.session());
  SessionRow now{aside.actor()->str(), Sequence{aside.after_sequence()}, aside.time(),
                 aside.body_type() == fb::AsideBody::SecuritySessionClosed};
  for (const auto table : {Table::Sessions, Table::AsideSessions})
    if (const auto known = row_of<SessionRow>(store, table, session.view())) {
      if (known->principal != now.principal) return;
      now.ended = now.ended || known->ended;
    }
  put_row(store, Table::AsideSessions, session.view(), now);
}

}  // namespace

Result<void> Fold::aside(const fb::Aside& aside, ByteView stored) {
  const auto number = key_of(Sequence{aside.number()});
  store_.put(Table::Inbox, number, stored);
  const bool first_part = aside.body_type() != fb::AsideBody::ConflictDraftPart;
  if (first_part && aside.command_id() != nullptr)
    if (const CommandId command = flatbuffers::UnPack(*aside.command_id()))
      store_.put(Table::Answers, command.view(), number);
  remember_session(store_, aside);
  QUALOG_TRY(store_.undamaged());
  return {};
}

}  // namespace qualog::projector
