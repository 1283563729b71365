//! The screens. Each has its state, what it does with intents and answers, and how it is drawn; none knows another.

pub mod desk;
pub mod entity;
pub mod first_run;
pub mod health;
pub mod log;
pub mod search;
pub mod story;
pub mod why;
