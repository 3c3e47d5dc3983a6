#include "bearproof/collection/graph.h"

#include "bearproof/json/reader.h"
#include "bearproof/report/visible.h"

#include "commands.h"
#include "documents.h"

namespace bearproof::cli {

Exit graph(const GraphArguments& arguments, World& world) {
  if (arguments.as != "text" && arguments.as != "json" && arguments.as != "dot" && arguments.as != "mermaid") {
    return usage_error(world, "graph", "--as: \"" + arguments.as + "\" is not one of text, json, dot and mermaid");
  }
  CheckOptions options;
  options.level = Severity::error;
  Validator validator(options);
  json::Reader reader;
  collection::ServiceGraph graph;
  const bool all_read =
      for_each_document(arguments.paths, validator, world, [&](report::DocumentReport&&, std::string_view text) {
        if (const json::Document* document = reader.read(text)) graph.add(document->root());
      });
  if (graph.empty()) warn(world, std::string(info_of(Rule::service_graph_empty).message));
  if (arguments.as == "json") world.out.write(graph.json() + "\n");
  if (arguments.as == "dot") world.out.write(graph.dot());
  if (arguments.as == "mermaid") world.out.write(graph.mermaid());
  if (arguments.as == "text") {
    // Line by line: names come from documents, and may try to command the terminal.
    const std::string text = graph.text();
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin);
      world.out.write(report::visible(std::string_view(text).substr(begin, end - begin)) + "\n");
      begin = end + 1;
    }
  }
  return all_read ? Exit::ok : Exit::system;
}

}  // namespace bearproof::cli
