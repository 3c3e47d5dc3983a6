// Judges case by case, and prints one line for each:
//
//     bearproof_verdicts suite FOLDER          the official suite of draft 2020-12: required, optional, format asserted
//     bearproof_verdicts documents FOLDER…     JSON files, each by the schema of its kind, formats asserted
//
// A line of the suite is: file, group, test, expected, ours, valijson's; of documents: file, schema, ours, valijson's;
// separated by tabs. Verdicts are '+' valid, '-' invalid, '!' schema refused; valijson's is '.' where draft 7 cannot
// say the schema or where this build (Wasm) has no valijson. Both builds print the same but for that last column.
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bearproof/catalogue/kinds.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/contract/contract.h"
#include "bearproof/json/reader.h"
#include "bearproof/schema/schema.h"
#ifdef BEARPROOF_HAS_ORACLE
#include "bearproof/oracle/second_opinion.h"
#endif

#include "files.h"

namespace {

using namespace bearproof;

std::string_view source_of(json::Value value) {
  const json::Value::Span span = value.span();
  return value.document().text.substr(static_cast<std::size_t>(span.begin),
                                      static_cast<std::size_t>(span.end - span.begin));
}

const std::vector<Severity>& severities() {
  static const std::vector<Severity> table = [] {
    std::vector<Severity> made(rule_case_count);
    effective_severities(Mode::standard, made);
    return made;
  }();
  return table;
}

/// The second opinion, or nothing where there is none.
class Witness {
 public:
  explicit Witness([[maybe_unused]] std::string_view schema) {
#ifdef BEARPROOF_HAS_ORACLE
    auto compiled = oracle::SecondOpinion::compile(schema);
    if (compiled) opinion_ = std::make_unique<oracle::SecondOpinion>(std::move(*compiled));
#endif
  }
  char judge([[maybe_unused]] const json::Document& document) const {
#ifdef BEARPROOF_HAS_ORACLE
    if (opinion_ != nullptr) return opinion_->valid(document) ? '+' : '-';
#endif
    return '.';
  }

#ifdef BEARPROOF_HAS_ORACLE
 private:
  std::unique_ptr<oracle::SecondOpinion> opinion_;
#endif
};

struct Judge {
  schema::Evaluator evaluator;
  json::Reader reader;

  /// Both modes are asked; '?' where they differ, which no line should show.
  char ours(const schema::Program& program, const json::Document& document) {
    FindingSink deciding(severities().data(), Severity::info, false, 1000);
    const bool decided = evaluator.evaluate(program, document.root(), deciding);
    FindingSink explaining(severities().data(), Severity::info, true, 1000);
    const bool explained = evaluator.evaluate(program, document.root(), explaining);
    if (decided != explained || explaining.findings().empty() != decided) return '?';
    return decided ? '+' : '-';
  }
};

void add_remotes(schema::Registry& registry, const std::string& suite) {
  const std::string folder = suite + "/remotes";
  for (const std::string& path : test::files_below(folder + "/draft2020-12", ".json")) {
    const auto text = test::read_file(path);
    if (text) registry.add("http://localhost:1234" + path.substr(folder.size()), *text);
  }
}

bool judge_file(Judge& judge, const std::string& suite, const std::string& path, std::string_view name,
                bool assert_format) {
  const auto text = test::read_file(path);
  json::Reader reader;
  const json::Document* document = text ? reader.read(*text) : nullptr;
  if (document == nullptr) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    return false;
  }
  constexpr std::string_view uri = "https://example.test/suite";
  int group_number = 0;
  for (const json::Value group : document->root().items()) {
    const std::string_view schema = source_of(group.find("schema"));
    schema::Registry registry;
    add_remotes(registry, suite);
    schema::CompileOptions options;
    options.assert_format = assert_format;
    const bool added = registry.add(uri, schema).empty();
    const auto program = schema::compile(registry, uri, options);
    const Witness witness(schema);
    int test_number = 0;
    for (const json::Value test : group.find("tests").items()) {
      const json::Document* instance = judge.reader.read(source_of(test.find("data")));
      char ours = '!';
      if (instance == nullptr) {
        ours = '-';
      } else if (added && program) {
        ours = judge.ours(*program, *instance);
      }
      std::printf("%.*s\t%d\t%d\t%c\t%c\t%c\n", static_cast<int>(name.size()), name.data(), group_number, test_number,
                  test.find("valid").is_true() ? '+' : '-', ours, instance == nullptr ? '-' : witness.judge(*instance));
      ++test_number;
    }
    ++group_number;
  }
  return true;
}

bool judge_suite(const std::string& suite) {
  Judge judge;
  const std::string tests = suite + "/tests/draft2020-12";
  const std::vector<std::string> files = test::files_below(tests, ".json");
  bool read = !files.empty();
  for (const std::string& path : files) {
    const std::string_view name = std::string_view(path).substr(tests.size() + 1);
    const std::string_view rest = name.starts_with("optional/") ? name.substr(9) : name;
    const bool format = rest.starts_with("format/");
    if (!format && rest.find('/') != std::string_view::npos) continue;
    read = judge_file(judge, suite, path, name, format) && read;
  }
  return read;
}

bool judge_documents(const std::string& folder) {
  Judge judge;
  for (const std::string& path : test::files_below(folder, ".json")) {
    if (path.ends_with(".schema.json")) continue;
    const auto text = test::read_file(path);
    const json::Document* document = text ? judge.reader.read(*text) : nullptr;
    if (document == nullptr || !document->root().is_object()) continue;
    FindingSink sink(severities().data(), Severity::error, true, 10);
    const Dialect dialect = contract::recognise(document->root(), sink);
    const schema::Program* program = contract::program_of(dialect);
    if (program == nullptr) continue;
    const std::string_view uri = contract::schema_uri(dialect);
    const Witness witness(contract::stripped_schema_text(dialect));
    std::printf("%s\t%.*s\t%c\t%c\n", path.c_str(), static_cast<int>(uri.size()), uri.data(),
                judge.ours(*program, *document), witness.judge(*document));
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  bool ended_well = argc > 2;
  const std::string_view what = argc > 1 ? argv[1] : "";
  for (int i = 2; i < argc; ++i) {
    if (what == "suite") {
      ended_well = judge_suite(argv[i]) && ended_well;
    } else if (what == "documents") {
      ended_well = judge_documents(argv[i]) && ended_well;
    } else {
      ended_well = false;
    }
  }
  if (!ended_well) std::fputs("usage: bearproof_verdicts suite FOLDER | documents FOLDER…\n", stderr);
  return ended_well ? 0 : 2;
}
