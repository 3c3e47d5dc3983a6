// What host and extension say to each other. Every message, in both directions, is checked by our own engine against
// schemas/published/host-message.schema.json.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bearproof::host {

inline constexpr int protocol_version = 1;

struct Hello {
  bool version_known = false;  ///< it is the one that the host speaks
  std::string client;
};
struct RevokeRequest {
  std::uint64_t id = 0;
  std::string receipt;
  std::string source;
  std::string digest;
};
struct Ping {};
using Incoming = std::variant<Hello, RevokeRequest, Ping>;

/// Why a message is refused.
struct Refusal {
  std::string reason;  ///< quotes nothing of the message
  std::optional<std::uint64_t> id;
};

/// One step of a revocation.
struct Effect {
  std::string_view name;  ///< "record", "event", "transport", "token"
  bool ok = false;
  std::string detail;  ///< for people; may be empty
};

/// Reads and checks messages. Holds the compiled schema.
class Messages {
 public:
  Messages();
  ~Messages();
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;

  std::expected<Incoming, Refusal> read(std::string_view message);
  /// Whether a message of the host is what the schema says.
  bool is_valid_outgoing(std::string_view message);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

struct FolderInfo {
  std::string path;
  std::string label;
  bool exists = false;
};

std::string welcome_message(std::string_view program, const std::vector<FolderInfo>& folders, bool can_stop,
                            double stop_seconds);
std::string effect_message(std::uint64_t id, const Effect& effect);
std::string revoked_message(std::uint64_t id, bool changed, const std::vector<Effect>& effects);
std::string pong_message();
std::string error_message(std::string_view message, std::optional<std::uint64_t> id = std::nullopt);

/// What an entry of `documents`, or a `change`, says of a document.
struct Entry {
  std::string_view source;
  enum class Body : std::uint8_t { bytes, gone, oversized };
  Body body = Body::bytes;
  std::string_view bytes;
  std::uint64_t oversized = 0;
  bool lines = false;
  std::uint32_t part = 0;  ///< from 1; 0: it is whole
  std::uint32_t parts = 0;
  std::optional<std::uint64_t> line;
  std::optional<std::uint64_t> offset;
  bool reset = false;
};
/// Appends the entry as an object.
void append_entry(std::string& out, const Entry& entry);
/// @param entries  objects, with commas between them
std::string documents_message(std::uint64_t sequence, bool complete, std::string_view entries);
std::string change_message(std::uint64_t sequence, const Entry& entry);

}  // namespace bearproof::host
