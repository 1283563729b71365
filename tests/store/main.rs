//! The store as the engine uses it: through its handle, on real files.

mod desk;
mod fixture;
