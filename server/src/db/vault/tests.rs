//! What opens, and what does not.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::id::{PersonId, RenewalId};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const PERSON: PersonId = PersonId(Uuid::from_u128(7));
const OTHER: PersonId = PersonId(Uuid::from_u128(8));

fn now<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn master() -> MasterKey {
    MasterKey::from_base64(&MasterKey::generate_base64().unwrap()).unwrap()
}

fn id(municipality: u128) -> MunicipalityId {
    MunicipalityId(Uuid::from_u128(municipality))
}

/// Keys of so many generations, of which one seals.
async fn keys(master: &MasterKey, municipality: MunicipalityId, newest: i32, sealing: i32) -> StoredKeys {
    let mut keys = Vec::new();
    for generation in 1..=newest {
        let name = KeyName { generation: Generation(generation), ..KeyName::first(municipality) };
        keys.push(master.new_key(name).await.unwrap());
    }
    StoredKeys { ring: Ring { newest: Generation(newest), sealing: Generation(sealing) }, keys }
}

fn vault(municipality: u128) -> Vault {
    now(async {
        let master = master();
        let keys = keys(&master, id(municipality), 1, 1).await;
        master.vault(id(municipality), &keys).await.unwrap()
    })
}

/// A value as it was sealed before values named their key.
fn sealed_before(vault: &Vault, format: u8, column: Column, row: &[u8], plain: &[u8]) -> Vec<u8> {
    let context = [vault.municipality.0.as_bytes(), column.name().as_bytes(), row].join(&0);
    sealed::seal(&vault.generations[&Generation::FIRST], &[format], &context, plain).unwrap()
}

#[test]
fn a_value_opens_only_where_it_was_sealed() {
    let vault = vault(1);
    let sealed = vault.seal(Column::PersonNumber, PERSON, b"199107172380").unwrap();
    assert_eq!(vault.open(Column::PersonNumber, PERSON, &sealed).unwrap(), b"199107172380");
    assert!(vault.open(Column::PersonAddress, PERSON, &sealed).is_err());
    assert!(vault.open(Column::PersonNumber, OTHER, &sealed).is_err());
    assert!(self::vault(1).open(Column::PersonNumber, PERSON, &sealed).is_err());
}

#[test]
fn a_row_of_two_keys_is_bound_to_both_in_their_order() {
    let (vault, renewal) = (vault(1), RenewalId(Uuid::from_u128(9)));
    let sealed = vault.seal(Column::SignatureAnnex, (renewal, PERSON), b"{}").unwrap();
    assert_eq!(vault.open(Column::SignatureAnnex, (renewal, PERSON), &sealed).unwrap(), b"{}");
    let turned = (RenewalId(PERSON.0), PersonId(renewal.0));
    assert!(vault.open(Column::SignatureAnnex, turned, &sealed).is_err());
    assert!(vault.open(Column::SignatureAnnex, renewal, &sealed).is_err());
}

#[test]
fn an_older_value_of_a_place_does_not_open_there() {
    let vault = vault(1);
    let (before, after) = (Version::new().unwrap(), Version::new().unwrap());
    assert_ne!(before, after);
    let sealed = vault.seal(Column::PersonPhone, (PERSON, before), b"070-1740605").unwrap();
    assert_eq!(vault.open(Column::PersonPhone, (PERSON, before), &sealed).unwrap(), b"070-1740605");
    assert!(vault.open(Column::PersonPhone, (PERSON, after), &sealed).is_err());
    assert!(vault.open(Column::PersonPhone, (OTHER, before), &sealed).is_err());
}

#[test]
fn a_column_is_sealed_as_its_values_are_bound() {
    let (vault, version) = (vault(1), Version(1));
    for refused in [
        vault.seal(Column::PersonPhone, PERSON, b"070-1740605"),
        vault.seal(Column::PersonNumber, (PERSON, version), b"199107172380"),
        vault.seal(Column::ProposalContent, PERSON, b"nothing is sealed under this name"),
        vault.open(Column::PersonPhone, PERSON, &[3; 40]),
    ] {
        assert!(matches!(refused, Err(VaultError::Unbound(_))), "{refused:?}");
    }
}

#[test]
fn what_was_sealed_before_values_named_their_key_opens_until_the_first_key_is_gone() {
    let (renewal, master) = (RenewalId(Uuid::from_u128(9)), master());
    let mut keys = now(keys(&master, id(1), 2, 2));
    let vault = now(master.vault(id(1), &keys)).unwrap();
    let mixed = Uuid::from_u128(9 ^ 7_u128.rotate_left(64));
    let both = [renewal.0.as_bytes().as_slice(), PERSON.0.as_bytes()].concat();
    let one = |column| sealed_before(&vault, 1, column, PERSON.0.as_bytes(), b"{}");
    let annex = Column::SignatureAnnex;
    let (number, phone) = (one(Column::PersonNumber), one(Column::PersonPhone));
    let [mixture, two] = [(1, mixed.as_bytes().as_slice()), (2, &*both)]
        .map(|(format, row)| sealed_before(&vault, format, annex, row, b"{}"));
    let opened = |vault: &Vault| {
        [
            vault.open(Column::PersonNumber, PERSON, &number),
            vault.open(Column::PersonPhone, (PERSON, Version(0)), &phone),
            vault.open(annex, (renewal, PERSON), &mixture),
            vault.open(annex, (renewal, PERSON), &two),
        ]
    };
    for one in opened(&vault) {
        assert_eq!(one.unwrap(), b"{}");
    }
    assert!(vault.open(Column::PersonNumber, OTHER, &number).is_err());

    let resealed = vault.reseal(Column::PersonNumber, PERSON.into(), &number).unwrap();
    keys.keys.push(now(master.index_key(id(1), &keys)).unwrap());
    keys.keys.retain(|key| key.name.generation != Generation::FIRST || key.name.purpose == KeyUse::Index);
    let after = now(master.vault(id(1), &keys)).unwrap();
    assert!(opened(&after).iter().all(Result::is_err));
    assert_eq!(after.open(Column::PersonNumber, PERSON, &resealed).unwrap(), b"{}");
    assert_eq!(after.index(Column::PersonNumber, b"1"), vault.index(Column::PersonNumber, b"1"), "digests stay");
}

#[test]
fn every_generation_opens_and_the_one_in_use_seals() {
    let master = master();
    let mut keys = now(keys(&master, id(1), 2, 1));
    let announced = now(master.vault(id(1), &keys)).unwrap();
    keys.ring.sealing = Generation(2);
    let in_use = now(master.vault(id(1), &keys)).unwrap();
    assert!(announced.knows(&[2, 1]) && !announced.knows(&[2, 2]) && !announced.knows(&[]) && in_use.knows(&[2, 2]));
    for (sealing, generation) in [(&announced, 1), (&in_use, 2)] {
        let sealed = sealing.seal(Column::PersonNumber, PERSON, b"1").unwrap();
        assert_eq!(Head::read(&sealed).unwrap().0.generation(), Generation(generation));
        assert!(sealed.starts_with(&sealing.head()));
        for opening in [&announced, &in_use] {
            assert_eq!(opening.open(Column::PersonNumber, PERSON, &sealed).unwrap(), b"1");
        }
    }
    let sealed = in_use.seal(Column::PersonNumber, PERSON, b"1").unwrap();
    keys.ring = Ring::FIRST;
    keys.keys.truncate(1);
    let older = now(master.vault(id(1), &keys)).unwrap();
    assert!(older.open(Column::PersonNumber, PERSON, &sealed).is_err(), "another generation's");
}

#[test]
fn a_wrapped_key_opens_for_its_municipality_purpose_and_generation_alone() {
    let master = master();
    let name = KeyName::first(id(1));
    let key = now(master.new_key(name)).unwrap();
    let bytes = now(master.bytes(&key)).unwrap();
    assert_eq!(bytes.len(), sealed::KEY_LEN);
    for other in [
        KeyName::first(id(2)),
        KeyName { generation: Generation(2), ..name },
        KeyName { purpose: KeyUse::Index, ..name },
    ] {
        let moved = StoredKey { name: other, ..key.clone() };
        assert!(now(master.bytes(&moved)).is_err(), "{other:?}");
        assert!(!now(master.fits(&moved)));
    }
    assert!(now(self::master().bytes(&key)).is_err());
}

#[test]
fn a_key_that_was_wrapped_before_keys_had_generations_opens_as_the_first() {
    let text = MasterKey::generate_base64().unwrap();
    let bytes = STANDARD.decode(&text).unwrap();
    let name = KeyName::first(id(1));
    let wrap = sealed::sealing_key(&bytes).unwrap();
    let wrapped = sealed::seal(&wrap, &[1], &name.context_before().unwrap(), &[5; 32]).unwrap();
    let master = MasterKey::from_base64(&text).unwrap();
    let key = StoredKey { name, wrapped, wrapped_by: None };
    assert_eq!(**now(master.bytes(&key)).unwrap(), [5; 32]);
    let second = StoredKey { name: KeyName { generation: Generation(2), ..name }, ..key.clone() };
    assert!(now(master.bytes(&second)).is_err());
    let anew = now(master.wrap_anew(&key)).unwrap().unwrap();
    assert_eq!(**now(master.bytes(&anew)).unwrap(), [5; 32]);
    assert!(now(master.wrap_anew(&anew)).unwrap().is_none(), "it is wrapped by this one already");
}

#[test]
fn a_master_key_in_place_of_another_opens_what_both_have_wrapped() {
    let texts = [MasterKey::generate_base64().unwrap(), MasterKey::generate_base64().unwrap()];
    let [old, new] = [&texts[0], &texts[1]].map(|text| MasterKey::from_base64(text).unwrap());
    let key = now(old.new_key(KeyName::first(id(1)))).unwrap();
    assert!(now(new.bytes(&key)).is_err());
    let both = new.in_place_of(old);
    let anew = now(both.wrap_anew(&key)).unwrap().unwrap();
    assert_eq!(now(both.bytes(&key)).unwrap(), now(both.bytes(&anew)).unwrap());
    let [old, new] = [&texts[0], &texts[1]].map(|text| MasterKey::from_base64(text).unwrap());
    assert!(now(new.bytes(&anew)).is_ok() && now(old.bytes(&anew)).is_err());
}

#[test]
fn the_index_tells_columns_apart() {
    let vault = vault(1);
    assert_eq!(vault.index(Column::PersonNumber, b"1"), vault.index(Column::PersonNumber, b"1"));
    assert_ne!(vault.index(Column::PersonNumber, b"1"), vault.index(Column::PersonPhone, b"1"));
}

#[test]
fn a_master_key_of_another_length_is_refused() {
    assert!(MasterKey::from_base64("c2hvcnQ=").is_err());
    assert!(MasterKey::from_base64("not base64!").is_err());
}

/// What differs between two places.
#[derive(Debug, Clone, Copy)]
enum Apart {
    Municipality,
    Column,
    Row,
    Version,
    Generation,
}

proptest! {
    #[test]
    fn any_altered_byte_is_noticed(plain in proptest::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>(), flip in 1u8..) {
        let vault = vault(1);
        let mut sealed = vault.seal(Column::MessageBody, PERSON, &plain).unwrap();
        let at = at.index(sealed.len());
        sealed[at] ^= flip;
        prop_assert!(vault.open(Column::MessageBody, PERSON, &sealed).is_err());
    }

    #[test]
    fn an_altered_wrapped_key_is_noticed(at in any::<prop::sample::Index>(), flip in 1u8..) {
        let master = master();
        let mut key = now(master.new_key(KeyName::first(id(1)))).unwrap();
        let at = at.index(key.wrapped.len());
        key.wrapped[at] ^= flip;
        prop_assert!(now(master.bytes(&key)).is_err());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80), first in 0u8..6) {
        let vault = vault(1);
        let begun = [&[first], &*bytes].concat();
        for bytes in [&*bytes, &*begun] {
            prop_assert!(vault.open(Column::MessageBody, PersonId(Uuid::nil()), bytes).is_err());
            prop_assert!(vault.open(Column::PersonPhone, (PERSON, Version(0)), bytes).is_err());
            let key = StoredKey { name: KeyName::first(id(1)), wrapped: bytes.to_vec(), wrapped_by: None };
            prop_assert!(now(master().bytes(&key)).is_err());
        }
    }

    #[test]
    fn a_value_of_another_place_does_not_open(
        plain in proptest::collection::vec(any::<u8>(), 0..80), row: u128, other: u128, version: i64, next: i64,
        apart in prop::sample::select(vec![Apart::Municipality, Apart::Column, Apart::Row, Apart::Version, Apart::Generation]),
    ) {
        prop_assume!(row != other && version != next);
        let key = |row, version| (PersonId(Uuid::from_u128(row)), Version(version));
        let master = master();
        let mut stored = now(keys(&master, id(1), 2, 2));
        let vault = now(master.vault(id(1), &stored)).unwrap();
        let mut sealed = vault.seal(Column::PersonPhone, key(row, version), &plain).unwrap();
        prop_assert_eq!(vault.open(Column::PersonPhone, key(row, version), &sealed).unwrap(), plain);
        let opened = match apart {
            Apart::Municipality => {
                // The very same key, as another municipality's: the value is bound to its own all the same.
                let elsewhere = Vault { municipality: id(2), ..vault };
                elsewhere.open(Column::PersonPhone, key(row, version), &sealed)
            }
            Apart::Column => vault.open(Column::PersonEmail, key(row, version), &sealed),
            Apart::Row => vault.open(Column::PersonPhone, key(other, version), &sealed),
            Apart::Version => vault.open(Column::PersonPhone, key(row, next), &sealed),
            Apart::Generation => {
                stored.ring = Ring::FIRST;
                sealed[4] = 1;
                now(master.vault(id(1), &stored)).unwrap().open(Column::PersonPhone, key(row, version), &sealed)
            }
        };
        prop_assert!(opened.is_err());
    }
}
