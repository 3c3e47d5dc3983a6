#include "output.h"

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/pointer.h"
#include "bearproof/json/quotation.h"
#include "bearproof/text/ascii.h"
#include "bearproof/text/hex.h"

#include "explain.h"

namespace bearproof::schema {
namespace {

/// A pointer as the fragment of a URI.
void append_fragment(std::string& out, std::string_view pointer) {
  constexpr std::string_view plain = "-._~!$&'()*+,;=:@/?";
  for (const char c : pointer) {
    if (text::is_letter_or_digit(c) || plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      text::append_percent_encoded(out, c);
    }
  }
}

/// A value as the schema writes it, without the white space around its parts: the output is one line.
void append_compact(std::string& out, std::string_view json) {
  bool quoted = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"') quoted = !quoted;
    if (quoted && c == '\\') out += json[i++];
    if (quoted || (c != ' ' && c != '\t' && c != '\n' && c != '\r')) out += json[i];
  }
}

class Writer {
 public:
  Writer(const ProgramData& program, const json::Document& document, const json::Redaction* redaction, std::string& out)
      : program_(program), document_(document), redaction_(redaction), telling_(document), out_(out) {}

  void begin(bool valid, std::string_view path, std::uint32_t place, NodeIndex node) {
    out_ += valid ? R"({"valid":true,"keywordLocation":)" : R"({"valid":false,"keywordLocation":)";
    json::append_string(out_, path);
    out_ += R"(,"absoluteKeywordLocation":)";
    std::string absolute = program_.resources[program_.places[place].resource];
    absolute += '#';
    append_fragment(absolute, program_.pointer(place));
    json::append_string(out_, absolute);
    out_ += R"(,"instanceLocation":)";
    json::append_string(out_, telling_.pointers.of(node));
  }

  void error(std::string_view message) {
    out_ += R"(,"error":)";
    json::append_string(out_, message);
    out_ += '}';
  }

  void failure(const Failure& failure, std::string_view path) {
    begin(false, path, failure.place, failure.node);
    Finding finding;
    describe(program_, document_, failure, finding, telling_);
    error(finding.message.empty() ? std::string(info_of(failure.rule).message)
                                  : json::text_of(finding.message, &document_, redaction_));
  }

  void annotation(const Annotation& annotation, std::string_view path) {
    const Instruction& instruction = program_.code[annotation.instruction];
    begin(true, path, instruction.place, annotation.node);
    out_ += R"(,"annotation":)";
    const json::Value value =
        program_.constant(program_.annotations[instruction.as<operands::Annotation>().rule].value);
    const json::Value::Span span = value.span();
    append_compact(out_,
                   std::string_view(program_.constants_text)
                       .substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.end - span.begin)));
    out_ += '}';
  }

 private:
  const ProgramData& program_;
  const json::Document& document_;
  const json::Redaction* redaction_;
  Telling telling_;
  std::string& out_;
};

}  // namespace

void write_flag(bool valid, std::string& out) { out += valid ? R"({"valid":true})" : R"({"valid":false})"; }

void write_basic(const ProgramData& program, const json::Document& document, const Machine& machine, bool valid,
                 const json::Redaction* redaction, std::string& out) {
  Writer writer(program, document, redaction, out);
  const std::uint32_t root = program.blocks[program.root].place;
  writer.begin(valid, "", root, 0);
  bool first = true;
  const auto comma = [&] {
    if (!first) out += ',';
    first = false;
  };
  if (valid) {
    out += R"(,"annotations":[)";
    for (const Annotation& each : machine.annotations()) {
      comma();
      writer.annotation(each, machine.path(each.path));
    }
    out += "]}";
    return;
  }
  out += R"(,"errors":[)";
  if (machine.stopped() != Machine::Stop::no) {
    writer.begin(false, "", root, 0);
    const RuleCase limit = machine.stopped() == Machine::Stop::memory ? Rule::limit_memory : Rule::limit_steps;
    writer.error(info_of(limit).message);
    first = false;
  } else {
    for (const Failure& each : machine.log()) {
      comma();
      writer.failure(each, machine.path(each.path));
    }
  }
  out += "]}";
}

}  // namespace bearproof::schema
