//! What mentors do: the queue with its leases, cries for help, assessments, notes for each other, messages to learners.

mod assessments;
mod drafts;
mod help;
mod messages;
mod notes;
mod queue;

pub use assessments::{Assessed, assess, assessments_of, batch};
pub(crate) use drafts::forget_drafts;
pub use drafts::{ReviewDraft, discard_draft, draft, drafts_of, save_draft};
pub use help::{Help, NewHelp, answer_help, ask_help, close_help, help_of, help_of_account, help_of_path, open_help};
pub use messages::{Message, message, message_is_planned, messages, send_message, unplanned_messages};
pub use notes::{Note, add_note, note, notes, notes_about, remove_note};
pub use queue::{Claimed, OfMember, claim, leases, open_requests, release, review, review_all};
