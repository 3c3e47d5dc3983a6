// The subschemas that a schema leads to, each with the instructions of its keywords.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "fault_list.h"
#include "program_builder.h"
#include "resolver.h"

namespace bearproof::schema {

struct RawInstruction {
  Instruction instruction;
  std::uint8_t classes = Classes::all;  ///< of instances that it is for
  NodeIndex at = 0;                     ///< the keyword's value, for faults
};

/// A subschema before its lists are written out (writer.h): one list for all classes, and what it says of classes as a
/// whole.
struct RawBlock {
  Location location;
  PlaceIndex place = none;
  std::uint32_t resource = 0;
  std::vector<RawInstruction> code;
  std::uint8_t allowed = Classes::all;
  bool integers_only = false;  ///< `type` allows integers but not every number
  std::uint32_t type_names = 0;
  PlaceIndex type_place = none;
  bool is_false = false;
  bool tracks_members = false;
  bool tracks_items = false;
};

class Blocks {
 public:
  /// @param builder  takes the places of blocks and the URIs of resources; `program` is what it fills
  Blocks(Resolver& resolver, ProgramData& program, ProgramBuilder& builder, FaultList& faults)
      : resolver_(resolver), program_(program), builder_(builder), faults_(faults) {}

  /// The block of what a reference leads to; a new one where nothing has led there before.
  BlockIndex of(const Target& target);
  /// The block of a subschema in the value of a keyword.
  /// @param parent  the schema that has the keyword
  /// @param place   of the subschema below `parent`, for a new block
  BlockIndex below(const Location& parent, json::Value schema, PlaceIndex place);
  /// A block whose keywords nobody has asked for by this function before. Nothing where there is none; nor where there
  /// are more than Limits::schema_nodes, which is a fault.
  std::optional<BlockIndex> take_new();

  RawBlock& operator[](BlockIndex block) { return blocks_[block]; }
  std::vector<RawBlock>& all() { return blocks_; }
  const std::vector<RawBlock>& all() const { return blocks_; }
  bool too_many() const { return too_many_; }

  /// A resource that some block is in.
  struct Reached {
    Location root;
    std::uint16_t vocabularies = 0;
  };
  /// By RawBlock::resource.
  const std::vector<Reached>& resources() const { return resources_; }

 private:
  BlockIndex at(const Location& location, PlaceIndex place);
  std::uint32_t resource_of(const Location& location);

  Resolver& resolver_;
  ProgramData& program_;
  ProgramBuilder& builder_;
  FaultList& faults_;
  std::vector<RawBlock> blocks_;
  std::vector<BlockIndex> new_;
  std::unordered_map<std::uint64_t, BlockIndex> by_location_;  ///< by Resolver::key
  std::vector<Reached> resources_;
  std::unordered_map<const Resource*, std::uint32_t> by_resource_;
  bool too_many_ = false;
};

}  // namespace bearproof::schema
