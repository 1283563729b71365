//! The companies, places and bodies of the trade that articles name.

/// What an entity is. The order is that of the entity pages and of `tidings entity`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A container, ro-ro or feeder line, or who owns its ships.
    OceanCarrier,
    /// A shipping company of tankers, bulkers or gas carriers.
    BulkCarrier,
    /// An airline or freighter operator.
    AirCarrier,
    /// A road haulier.
    RoadCarrier,
    /// A railway.
    RailCarrier,
    /// A post or parcel carrier.
    ParcelCarrier,
    /// A forwarder or logistics provider.
    Forwarder,
    /// A shipper: retailer, manufacturer, platform.
    Shipper,
    /// A sea or river port, or a place that acts as one.
    Port,
    /// A terminal operator or owner of industrial property.
    Terminal,
    /// An airport.
    Airport,
    /// A strait, canal or pass where trade can be cut.
    Chokepoint,
    /// A trade lane, such as the transpacific.
    Lane,
    /// An alliance of carriers.
    Alliance,
    /// An authority, court, intergovernmental or trade body.
    Regulator,
    /// A union.
    Union,
    /// A rate index, or who publishes it.
    Index,
    /// A maker of logistics software or machines.
    Technology,
    /// A ship.
    Vessel,
}

impl EntityKind {
    /// Every kind with its name in tables, configs and JSON, and in words.
    pub const ALL: [(Self, &'static str, &'static str); 19] = [
        (Self::OceanCarrier, "carrier_ocean", "ocean carrier"),
        (Self::BulkCarrier, "carrier_bulk", "bulk and tanker owner"),
        (Self::AirCarrier, "carrier_air", "air carrier"),
        (Self::RoadCarrier, "carrier_road", "road carrier"),
        (Self::RailCarrier, "carrier_rail", "railway"),
        (Self::ParcelCarrier, "carrier_parcel", "parcel carrier"),
        (Self::Forwarder, "forwarder", "forwarder"),
        (Self::Shipper, "shipper", "shipper"),
        (Self::Port, "port", "port"),
        (Self::Terminal, "terminal_operator", "terminal operator"),
        (Self::Airport, "airport", "airport"),
        (Self::Chokepoint, "chokepoint", "chokepoint"),
        (Self::Lane, "lane", "trade lane"),
        (Self::Alliance, "alliance", "alliance"),
        (Self::Regulator, "regulator", "authority"),
        (Self::Union, "union", "union"),
        (Self::Index, "index", "index"),
        (Self::Technology, "tech", "technology"),
        (Self::Vessel, "vessel", "ship"),
    ];

    /// Its name in tables, configs and JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.row().1
    }

    /// Its name in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.row().2
    }

    /// The kind called `id`.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|row| row.1 == id).map(|row| row.0)
    }

    /// True for everyone who carries freight: what `carrier:` in a query looks for.
    #[must_use]
    pub fn is_carrier(self) -> bool {
        self <= Self::ParcelCarrier
    }

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        // The table is in the order of the enum; a test holds it there.
        &Self::ALL[self as usize]
    }
}

/// An entity as an article has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entity {
    /// Stable id in the lexicon, such as `oc:maersk`; the user's own begin with `own:`.
    pub id: String,
    /// Its usual name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_in_the_order_of_their_table() {
        for (n, (kind, id, _)) in EntityKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, n, "{id}");
            assert_eq!(EntityKind::from_id(id), Some(kind));
        }
        assert!(EntityKind::ParcelCarrier.is_carrier() && !EntityKind::Forwarder.is_carrier());
    }
}
