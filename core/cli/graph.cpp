#include "bearproof/collection/graph.h"

#include <iterator>
#include <string>
#include <vector>

#include "bearproof/report/visible.h"
#include "bearproof/report/wrap.h"

#include "commands.h"
#include "documents.h"
#include "messages.h"

namespace bearproof::cli {
namespace {

constexpr std::size_t list_column = 12;

/// "2 services"
std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count).append(" ").append(count == 1 ? one : many);
}

/// For people: each service with its capabilities, then the capabilities that nothing defines. Names come from
/// documents, and may try to command the terminal.
std::string graph_text(const collection::ServiceGraph& graph, std::size_t width) {
  std::string out;
  for (const auto& service : graph.services()) {
    for (const std::string* part : {&service.name, &service.id, &service.domain, &service.owner}) {
      out.append(part == &service.name ? "" : "  ").append(report::visible(*part));
    }
    out += '\n';
    for (std::size_t use = 0; use < std::size(graph.uses); ++use) {
      if (service.capabilities[use].empty()) continue;
      std::string list;
      for (const std::string& capability : service.capabilities[use]) {
        list.append(list.empty() ? "" : " ").append(report::visible(capability));
      }
      std::string head = "  " + std::string(graph.uses[use]);
      head.resize(list_column, ' ');
      out += head;
      report::append_wrapped(out, list, list_column, width);
      out += '\n';
    }
    if (!service.emits_events) out += "  emits no events\n";
    if (!service.incident_bundle) out += "  produces no incident bundle\n";
  }
  const std::vector<collection::ServiceGraph::Capability> capabilities = graph.capabilities();
  std::string undefined;
  for (const auto& capability : capabilities) {
    if (!capability.is_defined) undefined.append("  ").append(report::visible(capability.id)).append("\n");
  }
  if (graph.defines_any() && !undefined.empty()) out.append("\nnot defined here\n").append(undefined);
  return out + "\n" + counted(graph.services().size(), "service", "services") + ", " +
         counted(capabilities.size(), "capability", "capabilities") + "\n";
}

}  // namespace

Exit graph(const GraphArguments& arguments, World& world) {
  if (arguments.as != "text" && arguments.as != "json" && arguments.as != "dot" && arguments.as != "mermaid") {
    return usage_error(world, "graph", "--as: \"" + arguments.as + "\" is not one of text, json, dot and mermaid");
  }
  CheckOptions options;
  options.level = Severity::error;
  Validator validator(options);
  collection::ServiceGraph graph;
  const auto add = [&](const Checked& checked) {
    if (checked.document != nullptr) graph.add(checked.document->root());
  };
  const bool all_read = for_each_document(arguments.paths, validator, world, add);
  if (graph.empty()) warn(world, std::string(info_of(Rule::service_graph_empty).message));
  if (arguments.as == "json") world.out.write(graph.json() + "\n");
  if (arguments.as == "dot") world.out.write(graph.dot());
  if (arguments.as == "mermaid") world.out.write(graph.mermaid());
  if (arguments.as == "text") world.out.write(graph_text(graph, world.columns));
  return all_read ? Exit::ok : Exit::system;
}

}  // namespace bearproof::cli
