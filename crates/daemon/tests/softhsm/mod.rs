//! A PKCS#11 token of a test's own: SoftHSM in a temporary folder.
//!
//! SoftHSM reads where its tokens are from the environment, once in a process. So a test that talks to it from the
//! test's own process has a process for itself ([`in_own_process`]); others give the environment to the binary that
//! they start.
#![expect(clippy::panic, reason = "without the token the test has failed")]

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use tekportd::token::{PinPlace, TokenSettings};

pub(crate) const LABEL: &str = "tekport test";
pub(crate) const PIN: &str = "246810";
const OFFICER_PIN: &str = "13579246";
/// In which SoftHSM is told of its configuration.
const CONFIGURATION: &str = "SOFTHSM2_CONF";
/// In which a process that was started for one test is told of its folder.
const OWN_FOLDER: &str = "TEKPORT_TEST_TOKEN";
/// Where distributions put SoftHSM.
const MODULES: [&str; 4] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];

/// A token, as whoever looks after it sees it.
pub(crate) struct SoftHsm {
    pub(crate) folder: PathBuf,
    _own: Option<tempfile::TempDir>,
}

/// Where SoftHSM's module is.
pub(crate) fn module() -> PathBuf {
    let found = MODULES.iter().map(PathBuf::from).find(|path| path.exists());
    found.unwrap_or_else(|| {
        panic!("SoftHSM isn't installed, and these tests need it: run cargo xtask setup, or apt-get install softhsm2")
    })
}

/// Runs a test in a process of its own, which alone uses the token it is given. `name` is the full name of the test.
pub(crate) fn in_own_process(name: &str, test: impl AsyncFnOnce(SoftHsm)) {
    if let Some(folder) = std::env::var_os(OWN_FOLDER) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(test(SoftHsm { folder: folder.into(), _own: None }));
        return;
    }
    let hsm = SoftHsm::new();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([name, "--exact", "--nocapture"]).env(OWN_FOLDER, &hsm.folder).envs([hsm.environment()]);
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert!(output.status.success() && text.contains("1 passed"), "{name} in its own process:\n{text}");
}

impl SoftHsm {
    /// A folder with one token that holds no key.
    pub(crate) fn new() -> Self {
        let own = tempfile::tempdir().unwrap();
        let hsm = Self { folder: own.path().to_owned(), _own: Some(own) };
        std::fs::create_dir(hsm.tokens()).unwrap();
        let text = format!("directories.tokendir = {}\nlog.level = ERROR\n", hsm.tokens().display());
        std::fs::write(hsm.folder.join("softhsm2.conf"), text).unwrap();
        hsm.initialise(LABEL);
        hsm.write_pin(PIN);
        hsm
    }

    /// What SoftHSM has to find in its environment.
    pub(crate) fn environment(&self) -> (&'static str, OsString) {
        (CONFIGURATION, self.folder.join("softhsm2.conf").into())
    }

    /// How a daemon reaches the token.
    pub(crate) fn settings(&self) -> TokenSettings {
        TokenSettings {
            module: module(),
            label: LABEL.to_owned(),
            pin: PinPlace::File(self.pin_file()),
            sparing: false,
            time_limit: Duration::from_secs(30),
        }
    }

    fn tokens(&self) -> PathBuf {
        self.folder.join("tokens")
    }

    pub(crate) fn pin_file(&self) -> PathBuf {
        self.folder.join("token.pin")
    }

    /// Writes the PIN's file anew, for its owner alone.
    pub(crate) fn write_pin(&self, pin: &str) {
        use std::os::unix::fs::OpenOptionsExt;
        // Another file: its time differs from that of the one before however fast both were written.
        let _ = std::fs::remove_file(self.pin_file());
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.write(true).create_new(true).mode(0o600).open(self.pin_file()).unwrap();
        std::io::Write::write_all(&mut file, pin.as_bytes()).unwrap();
    }

    /// Puts another token beside the one there is.
    pub(crate) fn initialise(&self, label: &str) {
        self.util(&["--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", OFFICER_PIN]);
    }

    /// Puts a private key into the token, as openssl names its algorithm.
    pub(crate) fn import(&self, curve: &str, id: &str, label: &str) {
        let pem = self.folder.join(format!("{id}.pem"));
        let curve = format!("ec_paramgen_curve:{curve}");
        run(Command::new("openssl").args(["genpkey", "-algorithm", "EC", "-pkeyopt", &curve, "-out"]).arg(&pem));
        let pem = pem.to_str().unwrap();
        self.util(&["--import", pem, "--token", LABEL, "--label", label, "--id", id, "--pin", PIN, "--force"]);
    }

    fn util(&self, arguments: &[&str]) {
        let mut command = Command::new("softhsm2-util");
        run(command.arg("--module").arg(module()).args(arguments).envs([self.environment()]));
    }

    /// Takes every token out.
    pub(crate) fn take_out(&self) {
        std::fs::create_dir(self.folder.join("drawer")).unwrap();
        self.carry(&self.tokens(), &self.folder.join("drawer"));
    }

    /// Puts them back.
    pub(crate) fn put_back(&self) {
        self.carry(&self.folder.join("drawer"), &self.tokens());
        std::fs::remove_dir(self.folder.join("drawer")).unwrap();
    }

    fn carry(&self, from: &Path, to: &Path) {
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            std::fs::rename(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }

    /// Builds a module that counts wrong PINs, locks, and waits where a test holds it (`guarded.c`).
    pub(crate) fn guarded(&self) -> TokenSettings {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/softhsm/guarded.c");
        let built = self.folder.join("guarded.so");
        let define = |name: &str, path: &Path| format!("-D{name}=\"{}\"", path.display());
        let mut command = Command::new("cc");
        command.args(["-shared", "-fPIC", "-Wall", "-Werror"]).arg(define("REAL", &module()));
        run(command.arg(define("FOLDER", &self.folder)).arg("-o").arg(&built).arg(source));
        TokenSettings { module: built, ..self.settings() }
    }

    /// Every attempt to log in at a [guarded](Self::guarded) token: `right`, `wrong`, `locked`.
    pub(crate) fn logins(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.folder.join("logins")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}; run cargo xtask setup"));
    let text = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    assert!(output.status.success(), "{command:?}: {text}");
}
