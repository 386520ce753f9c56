//! What wasmtime makes of the contract, a module a world; the types are generated once.

pub mod rule {
    wasmtime::component::bindgen!({
        path: "../../plugins/wit/v0.1",
        world: "scoring-rule",
        imports: { default: trappable },
        // Inputs point into the domain's: a call copies no string on its way in.
        ownership: Borrowing { duplicate_if_necessary: true },
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
