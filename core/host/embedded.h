#pragma once

#include <string_view>

namespace bearproof::host {

/// Text of schemas/published/host-message.schema.json.
std::string_view message_schema();

/// The public key of the Chromium extension: DER in base64, as its manifest has it.
std::string_view extension_key();

}  // namespace bearproof::host
