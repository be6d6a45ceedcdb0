// SPDX-License-Identifier: Apache-2.0
// The files of a project and the sources that come from them, as they are typed.
#include "tools/qualog/usage/usage.h"

namespace qualog::tools {

namespace {

void add_added(Usage& usage, CLI::App& group, SourceOptions& options) {
  auto* added =
      usage.command(group, "add", "Make sources of files, in a project that is there",
                    "  qualog source add Gym talk.txt --as \"Interview 3\"\n"
                    "  qualog source add Gym talk.txt survey.csv --folder \"Round 1\"\n"
                    "  qualog source add Gym --external \"City archive, box 3\" --as Letters",
                    options, &source_add);
  project_argument(added, options.project);
  added->add_option("FILE", options.files, "Texts, documents, tables, PDF, pictures, sound, film");
  added->add_option("--folder", options.folder, "Name or id of the folder they go into")
      ->check(check_not_empty);
  added->add_option("--sheet", options.sheet, "Name of a sheet of a spreadsheet (default: first)")
      ->check(check_not_empty);
  added->add_option("--external", options.external, "Instead: where something is that is no file")
      ->check(check_not_empty);
  added->add_option("--as", options.name, "Name of the source (default: the file's)")
      ->check(check_not_empty);
}

void add_source(Usage& usage) {
  auto& options = usage.keep<SourceOptions>();
  auto* source_group = usage.group("source", "Sources and the files they come from",
                                   "  qualog source supply Gym \"Interview 2\" interview2.txt");
  add_added(usage, *source_group, options);
  auto* looked = usage.command(
      *source_group, "look", "What a file holds as a source, and what it would leave out",
      "  qualog source look interview2.txt\n  qualog source look survey.csv --json", options,
      &source_look);
  looked->add_option("FILE", options.file, "A text, document, table, PDF, picture, sound or film")
      ->required();
  looked->add_option("--sheet", options.sheet, "Name of a sheet (default: the first)")
      ->check(check_not_empty);
  auto* supplied = usage.command(
      *source_group, "supply", "Bring the text that a source has been missing since its import",
      "  qualog source supply Gym \"Interview 2\" interview2.txt", options, &source_supply);
  project_argument(supplied, options.project);
  supplied->add_option("SOURCE", options.source, "Name or id of a source")->required();
  supplied->add_option("FILE", options.file, "A file that holds its text")->required();
  supplied->add_flag("--cut", options.cut,
                     "Passages that end behind the text; no undo has them back");
}

void add_blob(Usage& usage) {
  auto& options = usage.keep<BlobOptions>();
  auto* group = usage.group("blob", "The files of a project: PDFs, media, what texts came from",
                            "  qualog blob put Gym interviews.qdpx\n  qualog blob ls Gym");
  auto* put_in = usage.command(*group, "put", "Bring a file into the project; prints its hash",
                               "  qualog blob put Gym interviews.qdpx\n"
                               "  qualog blob put Gym interviews.qdpx --resume",
                               options, &blob_put);
  project_argument(put_in, options.project);
  put_in->add_option("FILE", options.file, "The file")->required();
  put_in->add_flag("--resume", options.resume, "Go on where an upload of it was cut");
  auto* got = usage.command(
      *group, "get", "Write a file of the project into a new file",
      "  qualog blob get Gym $(qualog blob put Gym interviews.qdpx) copy.qdpx", options, &blob_get);
  project_argument(got, options.project);
  got->add_option("HASH", options.hash, "As put and ls print it")->required();
  got->add_option("FILE", options.file, "A new file")->required();
  project_argument(usage.with_table(usage.command(
                       *group, "ls", "List the files, and uploads that are unfinished",
                       "  qualog blob ls Gym --json", options, &blob_ls)),
                   options.project);
  auto* discarded =
      usage.command(*group, "discard", "Take away an unfinished upload, or a file without use",
                    "  qualog blob discard Gym UPLOAD-HASH", options, &blob_discard);
  project_argument(discarded, options.project);
  discarded->add_option("HASH", options.hash, "As ls prints it")->required();
}

}  // namespace

void add_files(Usage& usage) {
  add_source(usage);
  add_blob(usage);
}

}  // namespace qualog::tools
