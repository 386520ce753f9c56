//! Plugins: state, calls, limits used, last error; switching them on and off.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use store::packs::{PackRow, PackStats};

use crate::body::Form;
use crate::caller::Admin;
use crate::errors::Error;
use crate::pages::marks::width_of;
use crate::services::{Actor, plugins};
use crate::state::Shared;
use crate::view::{View, page, see};

#[derive(Template)]
#[template(path = "admin/plugins.html")]
struct PluginsPage {
    w: View,
    plugins: Vec<Row>,
}

struct Row {
    plugin: String,
    publisher: String,
    name: String,
    version: String,
    kind: String,
    /// `active`, `installed` or `disabled`.
    state: String,
    class: &'static str,
    enabled: bool,
    active: bool,
    digest: String,
    size: String,
    installed: String,
    calls: String,
    gauges: Vec<Gauge>,
    error: Option<LastError>,
}

/// The most that any call used of a limit.
struct Gauge {
    name: String,
    used: String,
    width: String,
    percent: String,
}

struct LastError {
    code: String,
    detail: String,
    when: String,
}

pub async fn show(state: Shared, request: HttpRequest, who: Admin) -> Result<HttpResponse, Error> {
    let w = View::new(&state, &request, Some(who.0.clone()), "admin");
    let limits = state.plugins.limits();
    let plugins = plugins::list(&state).await?.into_iter().map(|(pack, stats)| row(&w, &limits, pack, stats)).collect();
    page(&PluginsPage { w, plugins })
}

pub async fn switch(
    state: Shared,
    request: HttpRequest,
    who: Admin,
    plugin: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Error> {
    let id = format!("{}/{}", plugin.0, plugin.1);
    let actor = Actor::new(&state, &request, Some(&who));
    if let Some(version) = form.text("version") {
        plugins::activate(&state, &actor, &id, &version).await?;
    } else {
        plugins::set_enabled(&state, &actor, &id, form.has("enable")).await?;
    }
    Ok(see(state.links.path("admin-plugins", &[])))
}

fn row(w: &View, limits: &crate::state::Limits, pack: PackRow, stats: PackStats) -> Row {
    let (key, class) = match (pack.enabled, pack.active) {
        (false, _) => ("plugin-disabled", "bad"),
        (true, true) => ("plugin-active", "on"),
        (true, false) => ("plugin-installed", ""),
    };
    let gauge = |key: &str, used: u64, limit: u64, words: String| Gauge {
        name: w.t(key),
        used: words,
        width: width_of(scaled(used, limit), 10_000),
        percent: format!("{} %", scaled(used, limit) / 100),
    };
    let millions = |n: u64| format!("{}.{}", n / 1_000_000, n % 1_000_000 / 100_000);
    let kib = |n: u64| (n / 1024).to_string();
    let gauges = if stats.calls == 0 {
        Vec::new()
    } else {
        vec![
            gauge(
                "plugin-fuel",
                stats.fuel_max,
                limits.fuel,
                w.t2("plugin-of-millions", "used", millions(stats.fuel_max), "limit", millions(limits.fuel)),
            ),
            gauge(
                "plugin-memory",
                stats.memory_max,
                limits.memory,
                w.t2("plugin-of-kib", "used", kib(stats.memory_max), "limit", kib(limits.memory)),
            ),
            gauge(
                "plugin-time",
                stats.micros_max,
                limits.micros,
                w.t2("plugin-of-ms", "used", (stats.micros_max / 1000).to_string(), "limit", (limits.micros / 1000).to_string()),
            ),
            gauge(
                "plugin-output",
                stats.output_max,
                limits.output,
                w.t2("plugin-of-kib", "used", kib(stats.output_max), "limit", kib(limits.output)),
            ),
            gauge(
                "plugin-log",
                u64::from(stats.log_lines_max),
                u64::from(limits.log_lines),
                w.t2("plugin-of-lines", "used", stats.log_lines_max, "limit", limits.log_lines),
            ),
        ]
    };
    Row {
        kind: w.t(match pack.kind.as_str() {
            "scoring" => "plugin-kind-scoring",
            "roles" => "plugin-kind-roles",
            _ => "plugin-kind-both",
        }),
        state: w.t(key),
        class,
        enabled: pack.enabled,
        active: pack.active,
        digest: format!("{}…{}", &pack.digest[..4.min(pack.digest.len())], &pack.digest[pack.digest.len().saturating_sub(4)..]),
        size: w.t1("plugin-size", "kib", pack.size / 1024),
        installed: w.moment(&pack.installed_at),
        calls: w.t2(
            "plugin-calls",
            "calls",
            i64::try_from(stats.calls).unwrap_or(i64::MAX),
            "failures",
            i64::try_from(stats.failures).unwrap_or(i64::MAX),
        ),
        gauges,
        error: stats.last_error.map(|(code, detail, at)| LastError { code, detail, when: w.moment(&at) }),
        publisher: pack.plugin.split('/').next().unwrap_or_default().to_owned(),
        name: pack.plugin.split('/').nth(1).unwrap_or_default().to_owned(),
        plugin: pack.plugin,
        version: pack.version,
    }
}

/// `used` of `limit` in basis points.
fn scaled(used: u64, limit: u64) -> u32 {
    domain::points::BasisPoints::ratio(used, limit).get()
}
