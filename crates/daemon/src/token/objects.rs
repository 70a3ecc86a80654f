//! What is done with key pairs over a connection: listing, finding, generating, signing, destroying.

use super::TokenError;
use super::connection::Connection;
use super::key::{self, P256, TokenKeyId, TokenKeyPair};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use tekport_export_file::DerSignature;

/// What is read of a private key. Whatever a token doesn't have is left out by it.
const PRIVATE: [AttributeType; 7] = [
    AttributeType::Id,
    AttributeType::Label,
    AttributeType::EcParams,
    AttributeType::Sign,
    AttributeType::Sensitive,
    AttributeType::Extractable,
    AttributeType::AlwaysAuthenticate,
];

/// A private key as the token describes it.
#[derive(Debug)]
struct PrivateKey {
    handle: ObjectHandle,
    id: Vec<u8>,
    label: String,
    parameters: Option<Vec<u8>>,
    signs: bool,
    sensitive: bool,
    extractable: bool,
    asks_each_time: bool,
}

impl Connection {
    /// Returns the key pairs with which files can be signed, by their labels.
    pub(super) fn list(&self) -> Result<Vec<TokenKeyPair>, TokenError> {
        let mut pairs = Vec::new();
        for private in self.private_keys(&[])? {
            let Ok(id) = TokenKeyId::new(private.id.clone()) else { continue };
            match self.pair(&id, &private) {
                Ok(pair) => pairs.push(pair),
                Err(TokenError::UnfitKey { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        pairs.sort_by(|a, b| a.label.cmp(&b.label).then_with(|| a.id.cmp(&b.id)));
        Ok(pairs)
    }

    /// Returns the key pair of that id.
    pub(super) fn find(&self, id: &TokenKeyId) -> Result<TokenKeyPair, TokenError> {
        self.pair(id, &self.private_key(id)?)
    }

    /// Signs a SHA-256 digest. The signature is checked against the pair's public half.
    pub(super) fn sign(&self, id: &TokenKeyId, digest: &[u8; 32]) -> Result<DerSignature, TokenError> {
        let private = self.private_key(id)?;
        let pair = self.pair(id, &private)?;
        let raw = self.session.sign(&Mechanism::Ecdsa, private.handle, digest)?;
        let signature = key::signature(&raw).ok_or_else(|| TokenError::WrongSignature(id.clone()))?;
        let verified = pair.public_key.verifying_key().verify_prehash(digest, signature.signature());
        verified.map(|()| signature).map_err(|_| TokenError::WrongSignature(id.clone()))
    }

    /// Makes a P-256 key pair whose private half never leaves the token. Repeated with the same id after a session was
    /// lost, it returns the pair that was made.
    pub(super) fn generate(&self, id: &TokenKeyId, label: &str) -> Result<TokenKeyPair, TokenError> {
        match self.find(id) {
            Err(TokenError::NoKey { .. }) => {}
            other => return other,
        }
        let (name, label) = (Attribute::Id(id.as_bytes().to_vec()), Attribute::Label(label.as_bytes().to_vec()));
        let public = [
            Attribute::Token(true),
            Attribute::Private(false),
            Attribute::Verify(true),
            Attribute::EcParams(P256.to_vec()),
            name.clone(),
            label.clone(),
        ];
        let private = [
            Attribute::Token(true),
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Extractable(false),
            Attribute::Sign(true),
            name,
            label,
        ];
        self.for_writing()?.generate_key_pair(&Mechanism::EccKeyPairGen, &public, &private)?;
        let made = self.private_key(id)?;
        if made.extractable || !made.sensitive {
            self.destroy(id)?;
            return Err(TokenError::KeyInTheOpen);
        }
        self.pair(id, &made)
    }

    /// Destroys both halves of a key pair. One that isn't there is destroyed already.
    pub(super) fn destroy(&self, id: &TokenKeyId) -> Result<(), TokenError> {
        let session = self.for_writing()?;
        for class in [ObjectClass::PRIVATE_KEY, ObjectClass::PUBLIC_KEY] {
            let template = [
                Attribute::Class(class),
                Attribute::KeyType(KeyType::EC),
                Attribute::Token(true),
                Attribute::Id(id.as_bytes().to_vec()),
            ];
            for handle in session.find_objects(&template)? {
                session.destroy_object(handle)?;
            }
        }
        Ok(())
    }

    /// The private EC keys in the token that have these attributes.
    fn private_keys(&self, more: &[Attribute]) -> Result<Vec<PrivateKey>, TokenError> {
        let ours =
            [Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::KeyType(KeyType::EC), Attribute::Token(true)];
        let handles = self.session.find_objects(&[&ours, more].concat())?;
        handles.into_iter().map(|handle| self.describe(handle)).collect()
    }

    fn private_key(&self, id: &TokenKeyId) -> Result<PrivateKey, TokenError> {
        let mut keys = self.private_keys(&[Attribute::Id(id.as_bytes().to_vec())])?;
        match (keys.pop(), keys.len()) {
            (None, _) => Err(TokenError::NoKey { label: self.label.clone(), id: id.clone() }),
            (Some(one), 0) => Ok(one),
            (Some(_), others) => Err(TokenError::SeveralKeys { id: id.clone(), count: others + 1 }),
        }
    }

    fn describe(&self, handle: ObjectHandle) -> Result<PrivateKey, TokenError> {
        let mut key = PrivateKey {
            handle,
            id: Vec::new(),
            label: String::new(),
            parameters: None,
            signs: false,
            sensitive: false,
            // What a token doesn't say is taken for the worse.
            extractable: true,
            asks_each_time: false,
        };
        for attribute in self.session.get_attributes(handle, &PRIVATE)? {
            match attribute {
                Attribute::Id(id) => key.id = id,
                Attribute::Label(label) => key.label = String::from_utf8_lossy(&label).into_owned(),
                Attribute::EcParams(parameters) => key.parameters = Some(parameters),
                Attribute::Sign(signs) => key.signs = signs,
                Attribute::Sensitive(sensitive) => key.sensitive = sensitive,
                Attribute::Extractable(extractable) => key.extractable = extractable,
                Attribute::AlwaysAuthenticate(asks) => key.asks_each_time = asks,
                _ => {}
            }
        }
        Ok(key)
    }

    /// Adds the public half to a private key that can sign files.
    fn pair(&self, id: &TokenKeyId, private: &PrivateKey) -> Result<TokenKeyPair, TokenError> {
        let unfit = |reason| TokenError::UnfitKey { id: id.clone(), reason };
        if let Some(reason) = private.parameters.as_deref().and_then(key::other_curve) {
            return Err(unfit(reason));
        }
        if !private.signs {
            return Err(unfit("it isn't allowed to sign (CKA_SIGN)"));
        }
        if private.asks_each_time {
            return Err(unfit("it asks for the PIN at each signature (CKA_ALWAYS_AUTHENTICATE)"));
        }
        let template = [
            Attribute::Class(ObjectClass::PUBLIC_KEY),
            Attribute::KeyType(KeyType::EC),
            Attribute::Id(id.as_bytes().to_vec()),
        ];
        let handles = self.session.find_objects(&template)?;
        let [handle] = handles.as_slice() else {
            return Err(unfit("the token holds no single public half with its CKA_ID"));
        };
        let (mut point, mut parameters) = (None, None);
        for attribute in self.session.get_attributes(*handle, &[AttributeType::EcPoint, AttributeType::EcParams])? {
            match attribute {
                Attribute::EcPoint(bytes) => point = Some(bytes),
                Attribute::EcParams(bytes) => parameters = Some(bytes),
                _ => {}
            }
        }
        // Some tokens name the curve at the public half alone.
        if let Some(reason) = key::other_curve(&parameters.unwrap_or_default()) {
            return Err(unfit(reason));
        }
        let public_key = point.as_deref().and_then(key::public_key);
        Ok(TokenKeyPair {
            id: id.clone(),
            label: private.label.clone(),
            public_key: public_key.ok_or_else(|| unfit("its public half can't be read"))?,
            extractable: private.extractable,
        })
    }
}
