#include <cerrno>
#include <exception>
#include <new>

#include "bearproof/cli/cli.h"

#include "arguments.h"
#include "commands.h"
#include "messages.h"

namespace bearproof::cli {
namespace {

struct Dispatch {
  World& world;
  Exit operator()(const CheckArguments& arguments) const { return check(arguments, world); }
  Exit operator()(const RulesArguments& arguments) const { return rules(arguments, world); }
  Exit operator()(const ExplainArguments& arguments) const { return explain(arguments, world); }
  Exit operator()(const KindsArguments& arguments) const { return kinds(arguments, world); }
  Exit operator()(const SchemaArguments& arguments) const { return schema(arguments, world); }
  Exit operator()(const LintSchemaArguments& arguments) const { return lint_schema(arguments, world); }
  Exit operator()(const BowtieArguments&) const { return bowtie(world); }
  Exit operator()(const CanonArguments& arguments) const { return canon(arguments, world); }
  Exit operator()(const DigestArguments& arguments) const { return digest(arguments, world); }
  Exit operator()(const RevokeArguments& arguments) const { return revoke(arguments, world); }
  Exit operator()(const HostArguments& arguments) const { return host(arguments, world); }
  Exit operator()(const StopSessionArguments&) const { return stop_session(world); }
  Exit operator()(const StoreArguments& arguments) const { return store(arguments, world); }
  Exit operator()(const GraphArguments& arguments) const { return graph(arguments, world); }
  Exit operator()(const ReleaseArguments& arguments) const { return release(arguments, world); }
  Exit operator()(const SessionsArguments& arguments) const { return sessions(arguments, world); }
  Exit operator()(const NarrateArguments& arguments) const { return narrate(arguments, world); }
  Exit operator()(const VersionArguments& arguments) const { return version(arguments, world); }
  Exit operator()(const HelpArguments& arguments) const {
    world.out.write(arguments.text);
    return Exit::ok;
  }
};

}  // namespace

Exit run(int argument_count, const char* const* arguments, World& world) {
  try {
    const auto parsed = parse_arguments(argument_count, arguments, world.prose_columns());
    if (!parsed) return usage_error(world, parsed.error().command, parsed.error().message);
    const Exit result = std::visit(Dispatch{world}, *parsed);
    world.out.flush();
    // Nobody reads any more: whoever closed the pipe knows why. Anything else is a failure.
    const int error = world.out.failed();
    if (error == 0 || error == EPIPE) return result;
    system_error(world, "standard output", error);
    return Exit::system;
  } catch (const std::bad_alloc&) {
    warn(world, "out of memory");
  } catch (const std::exception& error) {
    warn(world, error.what());
  }
  return Exit::system;
}

}  // namespace bearproof::cli
