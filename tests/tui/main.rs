//! The desk without a terminal: key scripts go in, screens come out. Everything is pure: the library behind it is a list
//! of invented articles.

mod desk;
mod fixture;
mod harness;
mod library;
mod picture;
mod random;
mod screens;
