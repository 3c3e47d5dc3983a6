// One function for each command; each has a file of its own.
#pragma once

#include "bearproof/cli/cli.h"

#include "arguments.h"

namespace bearproof::cli {

Exit check(const CheckArguments& arguments, World& world);
Exit rules(const RulesArguments& arguments, World& world);
Exit explain(const ExplainArguments& arguments, World& world);
Exit kinds(const KindsArguments& arguments, World& world);
Exit schema(const SchemaArguments& arguments, World& world);
Exit lint_schema(const LintSchemaArguments& arguments, World& world);
Exit bowtie(World& world);
Exit canon(const CanonArguments& arguments, World& world);
Exit digest(const DigestArguments& arguments, World& world);
Exit revoke(const RevokeArguments& arguments, World& world);
Exit host(const HostArguments& arguments, World& world);
Exit stop_session(World& world);
Exit store(const StoreArguments& arguments, World& world);
Exit graph(const GraphArguments& arguments, World& world);
Exit release(const ReleaseArguments& arguments, World& world);
Exit sessions(const SessionsArguments& arguments, World& world);
Exit narrate(const NarrateArguments& arguments, World& world);
Exit version(const VersionArguments& arguments, World& world);

}  // namespace bearproof::cli
