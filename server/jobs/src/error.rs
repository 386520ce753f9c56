//! What jobs fail with: always a broken machine, since nobody asked for anything.

/// Why a job could not do its work. For the log and the outbox's reason.
#[derive(Debug, thiserror::Error)]
pub enum JobsError {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("a template or the catalogue cannot be read: {0}")]
    Template(String),
    #[error("a path could not be scored: {0}")]
    Score(#[from] domain::scoring::ScoreError),
    #[error(transparent)]
    Letter(#[from] letters::RenderError),
    #[error("a thread was lost: {0}")]
    Thread(#[from] tokio::task::JoinError),
}
