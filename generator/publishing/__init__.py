"""8. A built site → a host. Knows nothing of how the site was made.

failures       what can go wrong with a host, each as a sentence and its cure
manifest       which files a build has, their digests, and what differs from another build
release        what a host serves at one time, as a record; the next one planned from the last
withdrawn      the page that stands where a withdrawn project was
target         the settings of each host, read from mkdocs.yml
lock           two publications never at once
folder         a host that is a folder: releases beside each other, one link to the live one
git            a host that serves a branch
rclone         a host that takes files: SFTP, FTP, S3, WebDAV, Azure, GCS
hosts          the settings of a target → its host
verify         what an address serves, compared with a build
hook           a push to a bare repository → `avance publish`
"""
