//! What a plugin exports, and what stands between it and the host.

use crate::bindings::{roles, rule};
use crate::{PluginError, ScoreInput, Scorecard, Severity};

/// A scoring rule: a pure function from an input to a card. Export it with [`export_rule!`](crate::export_rule).
pub trait ScoringRule {
    /// The card of one input.
    ///
    /// # Errors
    /// Settings that the rule cannot work with, an input that cannot be, or a fault of its own. None of them is shown
    /// to learners: they see the last good card.
    fn score(input: &ScoreInput) -> Result<Scorecard, PluginError>;
}

/// Role templates that a plugin carries or computes. Export them with [`export_catalog!`](crate::export_catalog).
pub trait Catalog {
    /// Each string is one role template as JSON, format 1. Called once, at install.
    ///
    /// # Errors
    /// A fault of the plugin's own: it is not installed then.
    fn templates() -> Result<Vec<String>, PluginError>;
}

/// Sends a line to the plugin's admin page: at most 64 lines and 4 KiB a call. Prints nothing outside Waymark.
pub fn log(severity: Severity, message: &str) {
    #[cfg(target_arch = "wasm32")]
    rule::waymark::plugin::diagnostics::log(severity, message);
    #[cfg(not(target_arch = "wasm32"))]
    let _ = (severity, message);
}

/// Exports a type that is a [`ScoringRule`] from a `cdylib`: `export_rule!(MyRule);`
#[macro_export]
macro_rules! export_rule {
    ($rule:ident) => {
        // Elsewhere a linker refuses the names that a component exports; the type is looked at all the same.
        #[cfg(target_arch = "wasm32")]
        $crate::bindings::rule::export!($rule with_types_in $crate::bindings::rule);
        #[cfg(not(target_arch = "wasm32"))]
        const _: fn() -> ::core::marker::PhantomData<$rule> = || {
            fn is_one<T: $crate::ScoringRule>() -> ::core::marker::PhantomData<T> {
                ::core::marker::PhantomData
            }
            is_one::<$rule>()
        };
    };
}

/// Exports a type that is a [`Catalog`] from a `cdylib`: `export_catalog!(MyRoles);` A plugin may export both.
#[macro_export]
macro_rules! export_catalog {
    ($catalog:ident) => {
        // Elsewhere a linker refuses the names that a component exports; the type is looked at all the same.
        #[cfg(target_arch = "wasm32")]
        $crate::bindings::roles::export!($catalog with_types_in $crate::bindings::roles);
        #[cfg(not(target_arch = "wasm32"))]
        const _: fn() -> ::core::marker::PhantomData<$catalog> = || {
            fn is_one<T: $crate::Catalog>() -> ::core::marker::PhantomData<T> {
                ::core::marker::PhantomData
            }
            is_one::<$catalog>()
        };
    };
}

impl<T: ScoringRule> rule::exports::waymark::plugin::scoring::Guest for T {
    fn score(input: ScoreInput) -> Result<Scorecard, PluginError> {
        report_panics();
        let answer = T::score(&input);
        // The instance ends with this call, and its memory with it: nothing is gained by giving the parts back.
        std::mem::forget(input);
        answer
    }
}

impl<T: Catalog> roles::exports::waymark::plugin::catalog::Guest for T {
    fn templates() -> Result<Vec<String>, PluginError> {
        report_panics();
        T::templates()
    }
}

/// Without it a panic arrives as a trap with no message and no line.
fn report_panics() {
    #[cfg(target_arch = "wasm32")]
    std::panic::set_hook(Box::new(|panic| log(Severity::Error, &panic.to_string())));
}
