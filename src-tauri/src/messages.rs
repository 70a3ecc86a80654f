//! Every sentence that comes with a code, so that the bindings name them all and the pages' tables have to word them.

use crate::console::{DeskFinding, Fields, Found, Term, Wanted};
use crate::error::{ConsoleFault, KeyTrouble};
use crate::keychain::KeychainError;
use specta::Type;
use tekport_api::client::{ClientError, StepFinding, TlsFailure};
use tekport_api::message::{
    Allowed, BatchFault, BatchRefused, EndReason, Fault, KeyAllowed, KeyFault, KeyRefused, NotLive, NotToSend, Refused,
    SignFault, SignatureFinding, StorageFault, TokenFinding,
};
use tekport_export_file::{ArchiveError, DerError, Flaw, NameError, OpenError, RuleFinding, TekError};

macro_rules! areas {
    ($($area:ident: $sentences:ty),* $(,)?) => {
        /// The sentences of each area, which is what a code begins with.
        #[derive(Type)]
        #[expect(dead_code, reason = "it exists for the bindings, which have one of its fields an area")]
        pub(crate) struct Messages {
            $($area: $sentences),*
        }

        #[test]
        fn each_area_is_named_as_its_codes_begin() {
            $(assert_eq!(<$sentences as tekport_api::Said>::AREA, stringify!($area));)*
        }
    };
}

areas! {
    allowed: Allowed,
    archive: ArchiveError,
    batch: BatchFault,
    batch_refused: BatchRefused,
    client: ClientError,
    console: ConsoleFault,
    der: DerError,
    desk: DeskFinding,
    end: EndReason,
    field: Fault,
    fields: Fields,
    flaw: Flaw,
    found: Found,
    key: KeyRefused,
    key_allowed: KeyAllowed,
    key_field: KeyFault,
    key_trouble: KeyTrouble,
    keychain: KeychainError,
    name: NameError,
    not_live: NotLive,
    not_to_send: NotToSend,
    open: OpenError,
    refused: Refused,
    rule: RuleFinding,
    sign: SignFault,
    signature: SignatureFinding,
    step: StepFinding,
    storage: StorageFault,
    tek: TekError,
    term: Term,
    tls: TlsFailure,
    token: TokenFinding,
    wanted: Wanted,
}
