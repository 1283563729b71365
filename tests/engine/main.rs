//! The engine against a loopback server: what goes over the wire, what is stored, what is told.

#[path = "../support/mod.rs"]
mod support;

mod conditional;
mod corpus;
mod gaps;
mod library;
mod outcomes;
mod politeness;
mod subscribing;
