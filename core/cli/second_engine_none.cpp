#include "second_engine.h"

namespace bearproof::cli {

std::unique_ptr<SchemaEngine> make_second_engine() { return nullptr; }

}  // namespace bearproof::cli
