//! What kind of request an address takes.

/// What an address costs, and what goes first when there is too much. Each address of the table has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Style and scripts, from memory.
    Asset,
    /// A page is read.
    View,
    /// What an open page asks now and then.
    Fetch,
    /// A form is saved.
    Save,
    /// Somebody is sent to an identity provider, to log in.
    Login,
    /// Somebody comes back from there.
    Return,
    /// Somebody is sent to an identity provider, to sign.
    Sign,
    /// An authority is asked.
    Ask,
    /// Somebody is written to, and told of it.
    Message,
    /// Somebody logs out: never too often.
    Leave,
}

/// How many at once, and how many a minute after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Budget {
    pub burst: u32,
    pub per_minute: u32,
}

const fn budget(burst: u32, per_minute: u32) -> Budget {
    Budget { burst, per_minute }
}

impl Class {
    pub(crate) const ALL: [Self; 10] = [
        Self::Asset,
        Self::View,
        Self::Fetch,
        Self::Save,
        Self::Login,
        Self::Return,
        Self::Sign,
        Self::Ask,
        Self::Message,
        Self::Leave,
    ];

    /// The name in the list of addresses.
    #[cfg(test)]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Asset => "asset",
            Self::View => "view",
            Self::Fetch => "fetch",
            Self::Save => "save",
            Self::Login => "login",
            Self::Return => "return",
            Self::Sign => "sign",
            Self::Ask => "ask",
            Self::Message => "message",
            Self::Leave => "leave",
        }
    }

    /// What a network may ask without a session that has been seen to live: behind one address may be a household, a town hall, or all the
    /// telephones of an operator.
    pub(super) const fn of_network(self) -> Option<Budget> {
        match self {
            Self::Asset => Some(budget(3_000, 6_000)),
            Self::View => Some(budget(300, 600)),
            Self::Fetch | Self::Save | Self::Sign | Self::Ask | Self::Message => Some(budget(120, 120)),
            Self::Login | Self::Return => Some(budget(100, 120)),
            Self::Leave => None,
        }
    }

    /// What a session may ask that has been seen to live, wherever it comes from, where a session is asked for.
    pub(super) const fn of_session(self) -> Option<Budget> {
        match self {
            Self::View => Some(budget(120, 180)),
            Self::Fetch => Some(budget(120, 240)),
            Self::Save => Some(budget(60, 60)),
            Self::Sign | Self::Ask | Self::Message => Some(budget(30, 30)),
            Self::Asset | Self::Login | Self::Return | Self::Leave => None,
        }
    }

    /// What a person may do in all their sessions, where it is dear to others.
    pub(super) const fn of_person(self) -> Option<Budget> {
        match self {
            Self::Save => Some(budget(120, 90)),
            Self::Sign | Self::Ask => Some(budget(12, 4)),
            Self::Message => Some(budget(10, 1)),
            Self::Asset | Self::View | Self::Fetch | Self::Login | Self::Return | Self::Leave => None,
        }
    }
}
