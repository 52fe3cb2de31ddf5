//! What goes out of the register by itself: text messages to travellers, requests for auxiliary numbers.

pub mod altinn;
pub mod help_numbers;
pub mod message_texts;
pub mod messages;
