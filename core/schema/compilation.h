// What the units of the compiler share while they compile one schema.
#pragma once

#include "blocks.h"
#include "dynamic_anchors.h"
#include "fault_list.h"
#include "program_builder.h"
#include "resolver.h"

namespace bearproof::schema {

struct Compilation {
  /// @param registered  the texts that references may lead to
  /// @param filled      the program that is made
  Compilation(const Resources& registered, const CompileOptions& with, ProgramData& filled)
      : options(with),
        program(filled),
        faults(with.limits.findings),
        resolver(registered, with.limits.resolution),
        builder(program, faults),
        blocks(resolver, program, builder, faults) {}

  const CompileOptions& options;
  ProgramData& program;
  FaultList faults;
  Resolver resolver;
  ProgramBuilder builder;
  Blocks blocks;
  DynamicAnchors dynamic_anchors;
  const Source* root_source = nullptr;  ///< the text of the schema that is compiled
};

}  // namespace bearproof::schema
