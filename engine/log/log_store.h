// SPDX-License-Identifier: Apache-2.0
// LogStore: where the log of one project lies, whatever stores it: made, opened as its owner, read
// beside whoever owns it. What everything above the log holds of a project's place. It outlives
// every log that it opened.
// Threads: one at a time; of what was opened, as log.h says.
#pragma once

#include "engine/effects.h"
#include "engine/log/log.h"
#include "engine/log/reading.h"

#include <memory>
#include <optional>
#include <string>

namespace qualog::log {

struct OpenedLog {
  std::unique_ptr<Log> log;
  ReadSummary summary;  // what was read on the way, before the own Fence
};

class LogStore {
 public:
  virtual ~LogStore() = default;

  // Makes an empty log and owns it. What an unfinished creation left there is replaced.
  // Errors: held; invalid if a log is there; no_space, io.
  virtual Result<std::unique_ptr<Log>> create(const LineageId& lineage, Random& random) = 0;

  // Opens the log as its owner: reads what lies behind `from` into `sink`, and appends a Fence.
  // `from` is {} or where a state stands; `trusted` is that state's evidence, which must be found
  // in the log. Errors: held (another owner), damaged, too_new, moved (sealed; the message names
  // the place), not_found (no log here; or `from` cannot be met and a state must be built from {}),
  // no_space, io, and what the sink gives.
  virtual Result<OpenedLog> open(Place from, const std::optional<Applied>& trusted, Random& random,
                                 Sink& sink) = 0;

  // Reads what lies behind `from` into `sink`, beside an owner too. Writes nothing. `head`, where
  // it is known and the log can tell: what the log must hold up to `from`. Damage is no Error: it
  // is reported in the summary. Errors: not_found, damaged, too_new, io, and what the sink gives.
  virtual Result<ReadSummary> read(Place from, const std::optional<Head>& head, Sink& sink) = 0;
  Result<ReadSummary> read(Place from, Sink& sink) { return read(from, std::nullopt, sink); }

  // For whoever makes a log under Opening::unfinished, or a project in a place of another name:
  // from here on it is everybody's. The log is not open. Where logs are files, their directory's
  // new name does it.
  virtual Result<void> publish(Random& random) = 0;
  // Takes what was made, and not published, away again.
  virtual Result<void> discard() = 0;

  // Of the log; reads no more than its beginning. Errors: not_found, where none was finished or
  // begun; damaged, too_new, io.
  virtual Result<LineageId> lineage() = 0;
  // Takes all that is stored of it away, the log itself last. What is gone already is no error.
  virtual Result<void> destroy() = 0;

  // How a message names the log: its directory, or its topic; and what lies at one of its places.
  virtual std::string name() const = 0;
  virtual std::string name_at(const Place& place) const = 0;
  // Whether processes of other machines may own it too: the later opening wins.
  virtual bool is_shared() const = 0;
  // Bytes stored, about; 0 where that is not known without reading.
  virtual std::uint64_t bytes() const = 0;
};

// Why a sealed log is not opened: moved; not_found, its project was purged.
Error sealed_error(const std::string& log, const Seal& seal);

// Where the project has moved, if it has. Reads the whole log. Errors: those of LogStore::read, and
// damaged.
Result<std::optional<Seal>> seal_in(LogStore& store);

}  // namespace qualog::log
