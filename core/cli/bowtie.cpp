// The Bowtie harness protocol (https://docs.bowtie.report/en/stable/implementers/): a request a line on standard input,
// an answer a line on standard output.
#include <cerrno>
#include <optional>
#include <string>
#include <string_view>

#include "bearproof/json/canonical.h"
#include "bearproof/json/reader.h"
#include "bearproof/report/quoter.h"
#include "bearproof/report/report.h"
#include "bearproof/schema/schema.h"

#include "commands.h"
#include "messages.h"

namespace bearproof::cli {
namespace {

constexpr std::string_view dialect = "https://json-schema.org/draft/2020-12/schema";
constexpr std::string_view case_uri = "urn:bearproof:bowtie:case";

std::string_view source_of(json::Value value) {
  const json::Value::Span span = value.span();
  return value.document().text.substr(static_cast<std::size_t>(span.begin),
                                      static_cast<std::size_t>(span.end - span.begin));
}

class Harness {
 public:
  explicit Harness(World& world) : world_(world) {}

  Exit run() {
    std::string portion(std::size_t{64} << 10, '\0');
    std::string pending;
    for (;;) {
      const std::ptrdiff_t got = world_.in.read(portion.data(), portion.size());
      if (got < 0) {
        system_error(world_, "-", errno);
        return Exit::system;
      }
      pending.append(portion, 0, static_cast<std::size_t>(got));
      std::size_t begin = 0;
      for (std::size_t end = 0; (end = pending.find('\n', begin)) != std::string::npos; begin = end + 1) {
        if (const auto exit = answer(std::string_view(pending).substr(begin, end - begin))) return *exit;
      }
      pending.erase(0, begin);
      if (got == 0) return answer(pending).value_or(Exit::ok);
    }
  }

 private:
  /// @return how to end; nothing where the conversation goes on
  std::optional<Exit> answer(std::string_view line) {
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) return std::nullopt;
    const json::Document* request = requests_.read(line);
    if (request == nullptr) return refuse("a request is not JSON: " + requests_.fault().message);
    const json::Value root = request->root();
    const json::Value command = root.find("cmd");
    if (!command || !command.is_string()) return refuse("a request needs a \"cmd\"");
    if (command.equals("stop")) return Exit::ok;
    if (command.equals("start")) {
      const json::Value version = root.find("version");
      if (!version || !version.is_number() || version.raw() != "1") {
        return refuse("only version 1 of the protocol is supported");
      }
      started_ = true;
      say(about());
    } else if (!started_) {
      return refuse("the first request must be \"start\"");
    } else if (command.equals("dialect")) {
      const json::Value asked = root.find("dialect");
      say(asked && asked.equals(dialect) ? R"({"ok":true})" : R"({"ok":false})");
    } else if (command.equals("run")) {
      say(answer_case(root));
    } else {
      return refuse("unknown command");
    }
    return std::nullopt;
  }

  std::optional<Exit> refuse(std::string_view what) {
    warn(world_, std::string("bowtie: ").append(what));
    return Exit::usage;
  }

  void say(std::string line) {
    world_.out.write(line += '\n');
    world_.out.flush();
  }

  static std::string about() {
    std::string out = R"({"version":1,"implementation":{"language":"c++","name":"bearproof","version":)";
    json::append_string(out, report::version());
    out += R"(,"homepage":"urn:bearproof","documentation":)";
    out += R"("urn:bearproof","issues":"urn:bearproof",)";
    out += R"("source":"urn:bearproof","dialects":[)";
    json::append_string(out, dialect);
    return out + "]}}";
  }

  static std::string errored(std::string_view message) {
    std::string out = R"("errored":true,"context":{"message":)";
    json::append_string(out, message);
    return out + "}";
  }

  static std::string told(const schema::SchemaFault& fault) {
    return fault.uri + "#" + fault.pointer + ": " + report::Quoter().text(fault.message);
  }

  std::string answer_case(json::Value request) {
    std::string out = "{";
    if (const json::Value sequence = request.find("seq"))
      out.append(R"("seq":)").append(source_of(sequence)).append(",");
    const json::Value test_case = request.find("case");
    const json::Value schema = test_case ? test_case.find("schema") : json::Value();
    const json::Value tests = test_case ? test_case.find("tests") : json::Value();
    if (!schema || !tests || !tests.is_array()) return out + errored("a case needs a schema and tests") + "}";
    schema::Registry registry;
    if (const json::Value known = test_case.find("registry"); known && known.is_object()) {
      std::string scratch;
      for (const json::Member member : known.members()) {
        // The registry holds more than a case needs, schemas of other drafts among them: what matters is told when it
        // is referred to.
        registry.add(member.key.string(scratch), source_of(member.value));
      }
    }
    if (const auto faults = registry.add(case_uri, source_of(schema)); !faults.empty()) {
      return out + errored(told(faults.front())) + "}";
    }
    schema::CompileOptions options;
    const auto program = schema::compile(registry, case_uri, options);
    if (!program) {
      const schema::SchemaFault& fault = program.error().front();
      if (fault.rule != Rule::schema_draft_unsupported && fault.rule != Rule::schema_pattern_unsupported) {
        return out + errored(told(fault)) + "}";
      }
      // Known not to be supported, which is not the same as having failed.
      out += R"("skipped":true,"message":)";
      json::append_string(out, told(fault));
      return out + "}";
    }
    out += R"("results":[)";
    bool first = true;
    for (const json::Value test : tests.items()) {
      if (!first) out += ',';
      first = false;
      out += result(*program, test.find("instance"));
    }
    return out + "]}";
  }

  std::string result(const schema::Program& program, json::Value instance) {
    if (!instance) return "{" + errored("a test needs an instance") + "}";
    const json::Document* document = instances_.read(source_of(instance));
    if (document == nullptr) return "{" + errored(instances_.fault().message) + "}";
    std::string out;
    std::vector<Severity> severities(rule_case_count);
    effective_severities(Mode::standard, severities);
    // One finding tells a limit from a failure.
    FindingSink sink(severities.data(), Severity::error, true, 1);
    if (evaluator_.evaluate(program, document->root(), sink)) return R"({"valid":true})";
    for (const Finding& finding : sink.findings()) {
      const RuleInfo& rule = info_of(finding.rule_case);
      if (rule.family == "limit" || rule.family == "engine") return "{" + errored(rule.message) + "}";
    }
    return R"({"valid":false})";
  }

  World& world_;
  json::Reader requests_;
  json::Reader instances_;
  schema::Evaluator evaluator_;
  bool started_ = false;
};

}  // namespace

Exit bowtie(World& world) { return Harness(world).run(); }

}  // namespace bearproof::cli
