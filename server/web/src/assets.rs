//! What pages need besides themselves: compiled in, under addresses that change with their content.

use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use sha2::{Digest, Sha256};

use crate::errors::Error;

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
    hash: String,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    [
        ("keys.js", "text/javascript; charset=utf-8", include_bytes!("assets/keys.js").as_slice()),
        ("waymark.css", "text/css; charset=utf-8", include_bytes!("assets/waymark.css").as_slice()),
        ("htmx.min.js", "text/javascript; charset=utf-8", include_bytes!("assets/htmx.min.js").as_slice()),
        ("practice.js", "text/javascript; charset=utf-8", include_bytes!("assets/practice.js").as_slice()),
        ("install.js", "text/javascript; charset=utf-8", include_bytes!("assets/install.js").as_slice()),
        ("favicon.svg", "image/svg+xml", include_bytes!("assets/favicon.svg").as_slice()),
        // drawn from the favicon; those that a phone cuts into shape have no corners of their own
        ("icon-192.png", "image/png", include_bytes!("assets/icon-192.png").as_slice()),
        ("icon-512.png", "image/png", include_bytes!("assets/icon-512.png").as_slice()),
        ("icon-maskable-192.png", "image/png", include_bytes!("assets/icon-maskable-192.png").as_slice()),
        ("icon-maskable-512.png", "image/png", include_bytes!("assets/icon-maskable-512.png").as_slice()),
        ("apple-touch-icon.png", "image/png", include_bytes!("assets/apple-touch-icon.png").as_slice()),
    ]
    .into_iter()
    .map(|(name, kind, bytes)| Asset { name, kind, bytes, hash: short_hash(bytes) })
    .collect()
});

/// Twelve hexadecimal digits of the SHA-256.
fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// The hash in an asset's address; empty for one that does not exist, which a test forbids.
pub(crate) fn hash_of(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("", |asset| asset.hash.as_str())
}

/// Changes whenever an asset does.
pub(crate) fn hash_of_all() -> String {
    short_hash(ASSETS.iter().map(|asset| asset.hash.as_str()).collect::<String>().as_bytes())
}

/// An asset under its hash, for ever. Another hash is answered with what there is now, but not to be kept.
pub async fn serve(path: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let (hash, name) = path.into_inner();
    let asset = ASSETS.iter().find(|asset| asset.name == name).ok_or(Error::NotThere("asset"))?;
    let keep = if asset.hash == hash { "public, max-age=31536000, immutable" } else { "no-cache" };
    Ok(HttpResponse::Ok().content_type(asset.kind).insert_header((header::CACHE_CONTROL, keep)).body(asset.bytes))
}

/// What browsers ask for by themselves.
pub async fn favicon(request: HttpRequest) -> Result<HttpResponse, Error> {
    let asset = ASSETS.iter().find(|asset| asset.name == "favicon.svg").ok_or(Error::NotThere("asset"))?;
    Ok(tagged(&request, asset.kind, asset.bytes.to_vec()))
}

/// A document that is asked for again and again: with an entity tag, and 304 to who has it.
pub fn tagged(request: &HttpRequest, kind: &'static str, bytes: Vec<u8>) -> HttpResponse {
    let tag = format!("W/\"{}\"", short_hash(&bytes));
    let has = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = has.is_some_and(|tags| tags.split(',').any(|known| known.trim() == tag || known.trim() == "*"));
    let mut answer = if same { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, "no-cache"));
    if same { answer.finish() } else { answer.content_type(kind).body(bytes) }
}
