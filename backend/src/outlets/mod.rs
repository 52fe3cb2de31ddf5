//! What goes out of the register by itself: text messages to travellers.

pub mod altinn;
pub mod message_texts;
pub mod messages;
