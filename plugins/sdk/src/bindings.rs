//! What wit-bindgen makes of the contract, a module a world. The types are generated once and shared.
//! A guest of world `role-plugin` exports both: wit-component joins the two worlds to it.
#![allow(unsafe_code, missing_docs, clippy::all, clippy::unwrap_used, reason = "generated")]

pub mod rule {
    wit_bindgen::generate!({
        path: "../wit/v0.1",
        world: "scoring-rule",
        pub_export_macro: true,
        additional_derives: [PartialEq, Eq],
        default_bindings_module: "waymark_plugin::bindings::rule",
    });
}

pub mod roles {
    wit_bindgen::generate!({
        path: "../wit/v0.1",
        world: "role-pack",
        pub_export_macro: true,
        default_bindings_module: "waymark_plugin::bindings::roles",
        with: {
            "waymark:plugin/types@0.1.0": crate::bindings::rule::waymark::plugin::types,
            "waymark:plugin/diagnostics@0.1.0": crate::bindings::rule::waymark::plugin::diagnostics,
        },
    });
}
