// The native-messaging host: follows the folders in which automation receipts are written, tells a browser extension
// what is in them, records revocations and has transports ended. What each part of it promises is in docs/host.md.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bearproof::host {

/// Whom the host writes to besides the browser.
using Say = std::function<void(std::string_view message)>;

struct ServeOptions {
  std::string config;   ///< a configuration file; "": the one in its place, if there is one
  int in = 0;           ///< descriptor on which messages come
  int out = 1;          ///< descriptor on which messages go; nothing else is written to it
  std::string program;  ///< "bearproof 0.2.0"
  Say say;              ///< diagnostics, a line each
};

/// Serves one connection until its end.
/// @return an exit code: 0 the connection ended (end of input, nobody reads, the parent is gone, no ping), 1 the input
/// is
///         no sequence of messages, 2 the configuration is refused, 3 the system refused something that is needed
int serve(const ServeOptions& options);

/// Called at each step of a revocation with the step's name; for tests, which end the process there.
/// @return what was set before
using Step = void (*)(std::string_view name);
Step set_step_hook(Step hook);

struct InstallOptions {
  std::vector<std::string> browsers;  ///< by name; empty: all that are found, or all where none is
  std::string manifest_dir;           ///< "": each browser's own place
  std::string program;                ///< absolute path of this program
  std::string config;                 ///< a configuration file that the launcher names; "": none
  Say print;                          ///< a line each
  Say warn;
};

/// Writes the manifests by which browsers find the host, and the launcher that they start.
/// @return an exit code: 0, 2 an unknown browser, 3 something could not be written
int install(const InstallOptions& options);

/// Removes what `install` wrote, and nothing that something else wrote. @return as install
int uninstall(const InstallOptions& options);

/// Says what is installed where, whether the host starts and answers, what stands in the way, and what the policies of
/// BearBrowser need. @return 0, or 1 where something does not work
int doctor(const InstallOptions& options);

/// Ends the processes of a session of BearBrowser's wrapper: those of this user whose environment or command line
/// carries exactly the session's or receipt's id.
/// @param record  the receipt
/// @return an exit code: 0 such processes were found, and all have ended; 1 none was found, or not all have ended; 2
/// the
///         record is no receipt; 3 processes cannot be looked at on this system
int stop_session(std::string_view record, const Say& say);

/// The id that Chromium derives from an extension's public key: the first 32 hexadecimal digits of its SHA-256, a for 0
/// to p for f. @param key  DER in base64
std::string chromium_extension_id(std::string_view key);

}  // namespace bearproof::host
