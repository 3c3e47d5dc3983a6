#include "messages.h"

#include <charconv>
#include <vector>

#include "bearproof/catalogue/rules.h"
#include "bearproof/json/canonical.h"
#include "bearproof/json/number.h"
#include "bearproof/json/reader.h"
#include "bearproof/report/json_writer.h"
#include "bearproof/report/visible.h"
#include "bearproof/schema/schema.h"
#include "bearproof/text/utf8.h"

#include "embedded.h"
#include "files.h"
#include "frame.h"

namespace bearproof::host {
namespace {

constexpr std::string_view schema_uri = "urn:bearproof:schema:host-message";
/// Code points of what people read in a message, at most.
constexpr std::size_t longest_detail = 1000;

using report::Object;

std::string text_of(json::Value value) {
  if (!value || !value.is_string()) return {};
  std::string scratch;
  return std::string(value.string(scratch));
}

std::optional<std::uint64_t> number_of(json::Value value) {
  if (!value || !value.is_number()) return std::nullopt;
  const auto number = json::Number(value.raw()).int64();
  if (!number || *number < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*number);
}

/// As a page may show it: no control or bidi character survives, whatever path or system it comes from.
std::string readable(std::string_view text) { return text::shortened(report::visible(text), longest_detail); }

void append_effect(Object& object, const Effect& effect) {
  object.text("effect", effect.name).boolean("ok", effect.ok);
  if (!effect.detail.empty()) object.text("detail", readable(effect.detail));
}

}  // namespace

struct Messages::Impl {
  json::Reader reader;
  schema::Evaluator evaluator;
  std::optional<schema::Program> to_host;
  std::optional<schema::Program> from_host;
  std::vector<Severity> severities = std::vector<Severity>(rule_case_count);

  bool is_valid(const std::optional<schema::Program>& program, json::Value root) {
    FindingSink sink(severities.data(), Severity::error, false, 0);
    return program && evaluator.evaluate(*program, root, sink);
  }
};

Messages::Messages() : impl_(std::make_unique<Impl>()) {
  effective_severities(Mode::standard, impl_->severities);
  schema::Registry registry;
  schema::CompileOptions options;
  options.check_metaschema = false;  // a test does
  if (!registry.add(schema_uri, message_schema()).empty()) return;
  const auto compiled = [&](std::string_view part) -> std::optional<schema::Program> {
    auto program = schema::compile(registry, std::string(schema_uri).append(part), options);
    if (!program) return std::nullopt;
    return std::move(*program);
  };
  impl_->to_host = compiled("#/$defs/toHost");
  impl_->from_host = compiled("#/$defs/fromHost");
}

Messages::~Messages() = default;

std::expected<Incoming, Refusal> Messages::read(std::string_view message) {
  const json::Document* document = impl_->reader.read(message);
  if (document == nullptr) {
    return std::unexpected(Refusal{
        "the message is no JSON text: " + std::string(info_of(impl_->reader.fault().rule).title), std::nullopt});
  }
  const json::Value root = document->root();
  if (!root.is_object()) return std::unexpected(Refusal{"the message is no object", std::nullopt});
  if (document->has_duplicates) return std::unexpected(Refusal{"the message has a key twice", std::nullopt});
  const auto id = number_of(root.find("id"));
  const json::Value type = root.find("type");
  const bool is_hello = type && type.equals("hello");
  const bool is_revoke = type && type.equals("revoke");
  const bool is_ping = type && type.equals("ping");
  if (!is_hello && !is_revoke && !is_ping) {
    return std::unexpected(Refusal{"the message is of no known type", id});
  }
  if (!impl_->is_valid(impl_->to_host, root)) {
    return std::unexpected(
        Refusal{"the " + text_of(type) + " message is not what host-message.schema.json describes", id});
  }
  if (is_hello) return Hello{number_of(root.find("version")) == protocol_version, text_of(root.find("client"))};
  if (is_ping) return Ping{};
  return RevokeRequest{id.value_or(0), text_of(root.find("receipt")), text_of(root.find("source")),
                       text_of(root.find("digest"))};
}

bool Messages::is_valid_outgoing(std::string_view message) {
  if (message.size() > longest_outgoing) return false;
  const json::Document* document = impl_->reader.read(message);
  return document != nullptr && !document->has_duplicates && impl_->is_valid(impl_->from_host, document->root());
}

std::string welcome_message(std::string_view program, const std::vector<FolderInfo>& folders, bool can_stop,
                            double stop_seconds) {
  std::string out;
  Object message(out);
  message.text("type", "welcome").number("version", protocol_version).text("program", program);
  report::write_array(message.key("folders"), folders, [](std::string& to, const FolderInfo& folder) {
    Object item(to);
    item.text("path", folder.path).text("label", folder.label).boolean("exists", folder.exists);
    item.end();
  });
  message.boolean("canStop", can_stop);
  json::append_double(message.key("stopSeconds"), stop_seconds);
  message.end();
  return out;
}

std::string effect_message(std::uint64_t id, const Effect& effect) {
  std::string out;
  Object message(out);
  message.text("type", "effect").number("id", id);
  append_effect(message, effect);
  message.end();
  return out;
}

std::string revoked_message(std::uint64_t id, bool changed, const std::vector<Effect>& effects) {
  std::string out;
  Object message(out);
  message.text("type", "revoked").number("id", id).boolean("changed", changed);
  report::write_array(message.key("effects"), effects, [](std::string& to, const Effect& effect) {
    Object item(to);
    append_effect(item, effect);
    item.end();
  });
  message.end();
  return out;
}

std::string pong_message() { return R"({"type":"pong"})"; }

std::string error_message(std::string_view text, std::optional<std::uint64_t> id) {
  std::string out;
  Object message(out);
  message.text("type", "error").text("message", readable(text));
  if (id) message.number("id", *id);
  message.end();
  return out;
}

namespace {

void append_members(Object& object, const Entry& entry) {
  object.text("source", entry.source);
  switch (entry.body) {
    case Entry::Body::gone: object.key("content") += "null"; return;
    case Entry::Body::oversized: object.number("oversized", entry.oversized); break;
    case Entry::Body::bytes:
      if (is_utf8(entry.bytes)) {
        json::append_string(object.key("content"), entry.bytes);
      } else {
        object.text("base64", base64(entry.bytes));
      }
      break;
  }
  if (entry.lines) object.boolean("lines", true);
  if (entry.part != 0) object.number("part", entry.part).number("parts", entry.parts);
  if (entry.line) object.number("line", *entry.line);
  if (entry.offset) object.number("offset", *entry.offset);
  if (entry.reset) object.boolean("reset", true);
}

}  // namespace

void append_entry(std::string& out, const Entry& entry) {
  Object object(out);
  append_members(object, entry);
  object.end();
}

std::string documents_message(std::uint64_t sequence, bool complete, std::string_view entries) {
  std::string out;
  Object message(out);
  message.text("type", "documents").number("sequence", sequence).boolean("complete", complete);
  message.key("documents").append("[").append(entries).append("]");
  message.end();
  return out;
}

std::string change_message(std::uint64_t sequence, const Entry& entry) {
  std::string out;
  Object message(out);
  message.text("type", "change").number("sequence", sequence);
  append_members(message, entry);
  message.end();
  return out;
}

}  // namespace bearproof::host
