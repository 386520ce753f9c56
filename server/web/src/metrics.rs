//! Figures for Prometheus.

use std::sync::{Mutex, PoisonError};

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::errors::Error;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: &'static str,
    /// `2xx`, `3xx`, …
    status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfRoute {
    route: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfState {
    state: &'static str,
}

/// Counters that handlers feed, and gauges that are read when asked for.
pub struct Metrics {
    registry: Mutex<Registry>,
    requests: Family<Answered, Counter>,
    seconds: Family<OfRoute, Histogram, fn() -> Histogram>,
    digests: Family<OfState, Gauge>,
    scores: Family<OfState, Counter>,
}

/// From half a millisecond to ten seconds.
const BUCKETS: [f64; 10] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 2.0, 10.0];

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("waymark");
        let requests = Family::default();
        let seconds = Family::<OfRoute, Histogram, fn() -> Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        let (digests, scores) = (Family::default(), Family::default());
        registry.register("requests", "Requests answered, by route and class of status", requests.clone());
        registry.register("request_seconds", "Time until a request was answered", seconds.clone());
        registry.register("digests", "Digests in the outbox, by state", digests.clone());
        registry.register("scores", "Scores asked for, by where they came from", scores.clone());
        Self { registry: Mutex::new(registry), requests, seconds, digests, scores }
    }
}

impl Metrics {
    pub(crate) fn answered(&self, route: &'static str, status: u16, seconds: f64) {
        let status = match status / 100 {
            1 => "1xx",
            2 => "2xx",
            3 => "3xx",
            4 => "4xx",
            _ => "5xx",
        };
        self.requests.get_or_create(&Answered { route, status }).inc();
        self.seconds.get_or_create(&OfRoute { route }).observe(seconds);
    }

    /// `kept`, `made`, `stale` or `stand_in`.
    pub(crate) fn scored(&self, state: &'static str) {
        self.scores.get_or_create(&OfState { state }).inc();
    }

    pub(crate) fn outbox(&self, counts: &store::digests::OutboxCounts) {
        for (state, number) in [
            ("queued", counts.queued),
            ("sent", counts.sent),
            ("skipped", counts.skipped),
            ("dead", counts.dead),
            ("ambiguous", counts.ambiguous),
        ] {
            self.digests.get_or_create(&OfState { state }).set(number);
        }
    }

    /// In the text format of OpenMetrics.
    pub fn text(&self) -> Result<String, Error> {
        let mut text = String::new();
        let registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        encode(&mut text, &registry).map_err(Error::machine)?;
        Ok(text)
    }

    /// Registers a figure of somebody else's: jobs and plugins.
    pub fn register(&self, register: impl FnOnce(&mut Registry)) {
        register(&mut self.registry.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
