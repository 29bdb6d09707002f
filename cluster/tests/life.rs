//! A cluster's life against real PostgreSQL: made, stopped, killed, taken over, shared.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may stop at once and wait for a process")]

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use cluster::{Cluster, Options};

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("duka-cluster-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn options(&self) -> Options {
        Options { data_dir: self.0.join("postgres"), durable: false, max_connections: 20 }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn answers(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}

fn server_pid(cluster: &Cluster) -> u32 {
    let text = fs::read_to_string(cluster.directory().join("data/postmaster.pid")).unwrap();
    text.lines().next().unwrap().parse().unwrap()
}

fn kill(pid: u32) {
    assert!(Command::new("/bin/sh").args(["-c", &format!("kill -KILL {pid}")]).status().unwrap().success());
}

fn wait_until(what: &str, met: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !met() {
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_new_folder_becomes_a_server_that_answers_and_stop_ends_it() {
    let folder = Folder::new("new");
    let cluster = Cluster::start(folder.options()).unwrap();
    let port = cluster.port();
    assert!(answers(port));
    assert!(!cluster.is_shared());
    let url = cluster.superuser_url();
    assert!(url.starts_with("postgresql://postgres:") && url.ends_with(&format!("@127.0.0.1:{port}/postgres")));
    cluster.stop().unwrap();
    assert!(!answers(port));
}

#[test]
fn the_superusers_password_is_long_and_for_the_owner_only() {
    let folder = Folder::new("password");
    let cluster = Cluster::start(folder.options()).unwrap();
    let file = cluster.directory().join("superuser-password");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_to_string(&file).unwrap().len(), 64);
    assert_eq!(fs::metadata(cluster.directory()).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_second_start_keeps_data_password_and_port_and_is_quick() {
    let folder = Folder::new("second");
    let first = Cluster::start(folder.options()).unwrap();
    let (url, made) = (first.superuser_url(), inode(first.directory()));
    first.stop().unwrap();
    let began = Instant::now();
    let second = Cluster::start(folder.options()).unwrap();
    assert!(began.elapsed() < Duration::from_secs(5), "took {:?}", began.elapsed());
    assert_eq!(second.superuser_url(), url);
    assert_eq!(inode(second.directory()), made);
}

fn inode(directory: &Path) -> u64 {
    fs::metadata(directory.join("data/PG_VERSION")).unwrap().ino()
}

#[test]
fn dropping_a_cluster_stops_its_server() {
    let folder = Folder::new("drop");
    let cluster = Cluster::start(folder.options()).unwrap();
    let port = cluster.port();
    drop(cluster);
    assert!(!answers(port));
}

#[test]
fn a_server_that_was_left_running_is_taken_over_by_the_next_start() {
    let folder = Folder::new("left");
    let first = Cluster::start(folder.options()).unwrap();
    let (pid, port) = (server_pid(&first), first.port());
    first.leave_running();
    assert!(answers(port));
    let second = Cluster::start(folder.options()).unwrap();
    assert_eq!((server_pid(&second), second.port()), (pid, port));
    assert!(!second.is_shared());
    second.stop().unwrap();
    assert!(!answers(port));
}

#[test]
fn a_server_left_running_with_other_settings_is_replaced() {
    let folder = Folder::new("settings");
    let first = Cluster::start(folder.options()).unwrap();
    let pid = server_pid(&first);
    first.leave_running();
    let second = Cluster::start(Options { max_connections: 30, ..folder.options() }).unwrap();
    assert_ne!(server_pid(&second), pid);
    assert!(answers(second.port()));
}

#[test]
fn a_killed_server_leaves_a_folder_that_starts_again() {
    let folder = Folder::new("killed");
    let first = Cluster::start(folder.options()).unwrap();
    let (pid, port) = (server_pid(&first), first.port());
    first.leave_running();
    kill(pid);
    wait_until("the port is closed", || !answers(port));
    let second = Cluster::start(folder.options()).unwrap();
    assert!(answers(second.port()));
    second.stop().unwrap();
}

#[test]
fn a_stale_pid_file_that_names_a_stranger_does_not_stop_the_start() {
    let folder = Folder::new("stranger");
    let first = Cluster::start(folder.options()).unwrap();
    let data = first.directory().join("data");
    first.stop().unwrap();
    fs::write(data.join("postmaster.pid"), format!("{}\n{}\n", std::process::id(), data.display())).unwrap();
    let second = Cluster::start(folder.options()).unwrap();
    assert!(answers(second.port()));
}

#[test]
fn a_port_taken_by_another_program_is_exchanged() {
    let folder = Folder::new("port");
    let first = Cluster::start(folder.options()).unwrap();
    let port = first.port();
    first.stop().unwrap();
    let _squatter = TcpListener::bind(("127.0.0.1", port)).unwrap();
    let second = Cluster::start(folder.options()).unwrap();
    assert_ne!(second.port(), port);
    assert!(answers(second.port()));
}

#[test]
fn a_second_program_shares_the_server_and_leaves_it_running() {
    let folder = Folder::new("shared");
    let owner = Cluster::start(folder.options()).unwrap();
    let guest = Cluster::start(folder.options()).unwrap();
    assert!(guest.is_shared());
    assert_eq!(guest.superuser_url(), owner.superuser_url());
    guest.stop().unwrap();
    assert!(answers(owner.port()));
}

#[test]
fn a_half_made_data_folder_is_made_anew() {
    let folder = Folder::new("half");
    fs::create_dir_all(folder.options().data_dir.join("data.new/base")).unwrap();
    let cluster = Cluster::start(folder.options()).unwrap();
    assert!(answers(cluster.port()));
    assert!(!cluster.directory().join("data.new").exists());
}

#[test]
fn a_folder_that_the_servers_user_cannot_enter_is_replaced_by_one_elsewhere() {
    let folder = Folder::new("closed");
    if fs::metadata(&folder.0).unwrap().uid() != 0 {
        return; // Only root hands the server to somebody else.
    }
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o700)).unwrap();
    let wanted = folder.options().data_dir;
    let first = Cluster::start(folder.options()).unwrap();
    let elsewhere = first.directory().to_owned();
    assert!(!elsewhere.starts_with(&folder.0));
    assert_eq!(fs::read_to_string(wanted.join("lies-in")).unwrap(), elsewhere.display().to_string());
    let password = |cluster: &Cluster| fs::read_to_string(cluster.directory().join("superuser-password")).unwrap();
    let made = password(&first);
    first.stop().unwrap();

    let second = Cluster::start(folder.options()).unwrap();
    assert_eq!((second.directory(), password(&second)), (elsewhere.as_path(), made.clone()));
    second.leave_running();

    // Who removes the wanted folder wants the data gone, a server left running included.
    fs::remove_dir_all(&wanted).unwrap();
    let third = Cluster::start(folder.options()).unwrap();
    assert_eq!(third.directory(), elsewhere);
    assert_ne!(password(&third), made);
    third.stop().unwrap();

    cluster::remove(&wanted).unwrap();
    assert!(!elsewhere.exists() && !wanted.exists());
}

#[test]
fn removing_a_cluster_stops_its_server_and_leaves_other_folders_alone() {
    let folder = Folder::new("remove");
    let cluster = Cluster::start(folder.options()).unwrap();
    let port = cluster.port();
    cluster.leave_running();
    cluster::remove(&folder.options().data_dir).unwrap();
    assert!(!answers(port));
    assert!(!folder.options().data_dir.exists());

    let other = folder.0.join("letters");
    fs::create_dir(&other).unwrap();
    cluster::remove(&other).unwrap();
    assert!(other.exists());
}
