//! The store as the engine uses it: through its handle, on real files.

mod arrivals;
mod backups;
mod desk;
mod files;
mod fixture;
mod journal;
mod kills;
mod paging;
mod random;
mod retention;
mod search;
mod sharing;
