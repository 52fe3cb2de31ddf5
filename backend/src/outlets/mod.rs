//! What goes out of the register by itself: text messages to travellers, requests for auxiliary numbers, referrals to
//! the labour inspectorate; and who is asked about an employer.

pub mod altinn;
pub mod arkivmelding;
pub mod eformidling;
pub mod enhetsregisteret;
pub mod help_numbers;
pub mod message_texts;
pub mod messages;
pub mod referral_document;
pub mod referrals;
