//! What kind of request an address takes.

/// Every class once: what is kept for each stands at its place in the list of them, which cannot differ from the enum.
macro_rules! classes {
    ($(#[$doc:meta])* { $($(#[$class_doc:meta])* $class:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Class {
            $($(#[$class_doc])* $class,)*
        }

        impl Class {
            pub(crate) const ALL: [Self; [$($name),*].len()] = [$(Self::$class),*];

            /// The name in the list of addresses.
            #[cfg(test)]
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$class => $name,)* }
            }
        }
    };
}

classes! {
    /// What an address costs, and what goes first when there is too much. Each address of the table has one.
    {
        /// Style and scripts, from memory.
        Asset = "asset",
        /// A page is read.
        View = "view",
        /// What an open page asks now and then.
        Fetch = "fetch",
        /// A form is saved.
        Save = "save",
        /// A form is saved that may bring files.
        Upload = "upload",
        /// Somebody is sent to an identity provider, to log in.
        Login = "login",
        /// Somebody comes back from there.
        Return = "return",
        /// Somebody is sent to an identity provider, to sign.
        Sign = "sign",
        /// An authority is asked.
        Ask = "ask",
        /// Somebody is written to, and told of it.
        Message = "message",
        /// Somebody logs out: never too often.
        Leave = "leave",
    }
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
    /// What a network may ask without a session that has been seen to live: behind one address may be a household, a town hall, or all the
    /// telephones of an operator.
    pub(super) const fn of_network(self) -> Option<Budget> {
        match self {
            Self::Asset => Some(budget(3_000, 6_000)),
            Self::View => Some(budget(300, 600)),
            Self::Fetch | Self::Save | Self::Upload | Self::Sign | Self::Ask | Self::Message => Some(budget(120, 120)),
            Self::Login | Self::Return => Some(budget(100, 120)),
            Self::Leave => None,
        }
    }

    /// What a session may ask that has been seen to live, wherever it comes from, where a session is asked for.
    pub(super) const fn of_session(self) -> Option<Budget> {
        match self {
            Self::View => Some(budget(120, 180)),
            Self::Fetch => Some(budget(120, 240)),
            Self::Save | Self::Upload => Some(budget(60, 60)),
            Self::Sign | Self::Ask | Self::Message => Some(budget(30, 30)),
            Self::Asset | Self::Login | Self::Return | Self::Leave => None,
        }
    }

    /// What a person may do in all their sessions, where it is dear to others.
    pub(super) const fn of_person(self) -> Option<Budget> {
        match self {
            Self::Save | Self::Upload => Some(budget(120, 90)),
            Self::Sign | Self::Ask => Some(budget(12, 4)),
            Self::Message => Some(budget(10, 1)),
            Self::Asset | Self::View | Self::Fetch | Self::Login | Self::Return | Self::Leave => None,
        }
    }
}
