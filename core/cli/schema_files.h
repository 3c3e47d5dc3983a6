// Schemas from files: named by path, read, registered.
#pragma once

#include <string>

#include "bearproof/cli/cli.h"
#include "bearproof/validator/schema_set.h"

namespace bearproof::cli {

/// The absolute path of a file as a file: URI.
std::string file_uri(const std::string& path);

/// Reads a schema and registers it under its path. @return false: it could not be read, which has been told
bool add_schema_file(SchemaSet& set, const std::string& path, World& world);

/// The same for every *.json below a folder that holds a schema: an object, true or false.
bool add_schema_folder(SchemaSet& set, const std::string& folder, World& world);

}  // namespace bearproof::cli
