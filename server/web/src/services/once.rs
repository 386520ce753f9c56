//! Writes that are done once however often they are asked for: the answer is stored in the write's own transaction.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use domain::ids::AccountId;
use serde::Serialize;

use crate::body::Once;
use crate::errors::Error;
use crate::state::State;

/// What a write came to: an answer, or why not. A refusal is not stored, so that it can be asked again.
pub type Outcome<T> = Result<T, Error>;

enum Answer {
    New(String),
    Stored(u16, String),
    Refused(Error),
}

/// Runs `act` in one transaction and answers with its JSON. With an `Idempotency-Key` the answer is stored beside it, and
/// the same request is answered from there.
///
/// `act` may run twice, as all writes may; it must refuse before it writes.
pub async fn write<T, F>(state: &State, account: AccountId, once: Once, status: StatusCode, act: F) -> Result<HttpResponse, Error>
where
    T: Serialize,
    F: Fn(&mut store::Conn<'_>) -> Result<Outcome<T>, store::Error> + Send + 'static,
{
    let now = state.clock.now();
    let code = status.as_u16();
    let answer = state
        .store
        .write(move |conn| {
            let Some(key) = &once.key else { return Ok(done(act(conn)?)) };
            if let Some(stored) = store::idempotency::find(conn, account, key)? {
                let same = stored.fingerprint == once.fingerprint;
                return Ok(if same {
                    Answer::Stored(stored.status, stored.body)
                } else {
                    Answer::Refused(Error::Rule("idempotency_key_reused"))
                });
            }
            let answer = done(act(conn)?);
            if let Answer::New(body) = &answer {
                store::idempotency::put(conn, account, key, &once.fingerprint, code, body, now)?;
            }
            Ok(answer)
        })
        .await?;
    match answer {
        Answer::New(body) => Ok(json(status, body)),
        Answer::Stored(status, body) => {
            let status = StatusCode::from_u16(status).map_err(Error::machine)?;
            let mut answer = json(status, body);
            answer.headers_mut().insert(
                actix_web::http::header::HeaderName::from_static("idempotency-replayed"),
                actix_web::http::header::HeaderValue::from_static("true"),
            );
            Ok(answer)
        }
        Answer::Refused(error) => Err(error),
    }
}

fn done<T: Serialize>(outcome: Outcome<T>) -> Answer {
    match outcome.and_then(|answer| serde_json::to_string(&answer).map_err(Error::machine)) {
        Ok(body) => Answer::New(body),
        Err(error) => Answer::Refused(error),
    }
}

fn json(status: StatusCode, body: String) -> HttpResponse {
    if status == StatusCode::NO_CONTENT {
        return HttpResponse::new(status);
    }
    HttpResponse::build(status).content_type("application/json").body(body)
}
