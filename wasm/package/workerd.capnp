# The edge entry in workerd: `npx workerd serve node_modules/bearproof/workerd.capnp` listens on this machine only.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "bearproof", worker = .edge),
    # A document has nowhere to go: the one way out that workerd would supply by itself leads to no address.
    (name = "internet", network = (allow = [])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "bearproof")],
);

const edge :Workerd.Worker = (
  modules = [
    (name = "edge.js", esModule = embed "edge.js"),
    (name = "index.js", esModule = embed "index.js"),
    (name = "bearproof.wasm", wasm = embed "bearproof.wasm"),
  ],
  compatibilityDate = "2026-01-01",
);
