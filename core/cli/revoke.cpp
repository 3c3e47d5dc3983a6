#include "bearproof/session/revoke.h"

#include <string>

#include "bearproof/schema/instant.h"

#include "commands.h"
#include "files.h"
#include "messages.h"

namespace bearproof::cli {

Exit revoke(const RevokeArguments& arguments, World& world) {
  const std::string now = arguments.now == "system" ? world.now() : arguments.now;
  if (!schema::Instant::parse(now)) {
    return usage_error(world, "revoke",
                       "--now: \"" + now + "\" is not an RFC 3339 date-time such as 2026-01-31T12:00:00Z");
  }
  const Limits limits;
  std::string text;
  const int error = arguments.file == "-" ? read_all(world.in, limits.document, 0, text)
                                          : read_file({arguments.file}, limits.document, text);
  if (error != 0) {
    system_error(world, arguments.file, error);
    return Exit::system;
  }
  const auto revocation = session::revoke(text, now, limits);
  if (!revocation) {
    warn(world, arguments.file + ": " + revocation.error());
    return Exit::findings;
  }
  // The receipt byte for byte, so that it can take the place of the file; an event is a line of a log.
  world.out.write(arguments.event ? revocation->event + "\n" : revocation->receipt);
  return Exit::ok;
}

}  // namespace bearproof::cli
