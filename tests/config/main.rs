//! The config as users write it: good and bad files, and the documented example.

mod example;
mod fixtures;
