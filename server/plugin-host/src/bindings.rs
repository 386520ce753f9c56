//! What wasmtime makes of the contract, a module a world; the types are generated once.

pub mod rule {
    wasmtime::component::bindgen!({
        path: "../../plugins/wit/v0.1",
        world: "scoring-rule",
        imports: { default: trappable },
    });
}

pub mod roles {
    wasmtime::component::bindgen!({
        path: "../../plugins/wit/v0.1",
        world: "role-pack",
        imports: { default: trappable },
        with: {
            "waymark:plugin/types": super::rule::waymark::plugin::types,
            "waymark:plugin/diagnostics": super::rule::waymark::plugin::diagnostics,
        },
    });
}

pub use rule::waymark::plugin::{diagnostics, types};
