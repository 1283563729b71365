//! Nothing that happens, in whatever order, may bring the desk down.
