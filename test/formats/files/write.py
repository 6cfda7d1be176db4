"""Writes the files of this folder with numpy, pickle, scipy and pyarrow themselves; run it again to change one.

    python3 write.py
"""
import os
import pickle

import numpy as np
import pyarrow
import pyarrow.parquet
import scipy.io

os.chdir(os.path.dirname(os.path.abspath(__file__)))


def counted(shape, dtype="<f4"):
    """0, 1, 2 ... in C order."""
    return np.arange(np.prod(shape)).reshape(shape).astype(dtype)


def write_pickle(name, value, protocol):
    with open(name, "wb") as file:
        pickle.dump(value, file, protocol=protocol)


np.save("frames-joints-3.npy", counted((2, 3, 3)))
np.save("big-endian-fortran.npy", np.asfortranarray(counted((2, 3, 3), ">i2")))
np.save("half.npy", counted((2, 3, 2), "<f2"))
np.save("persons.npy", counted((4, 2, 3, 3), "<i8"))
np.save("rows-of-6.npy", counted((2, 6), "<f8"))

# the fourth number of a joint is its visibility: joint 1 of frame 0 is hidden
visible = counted((2, 3, 4))
visible[:, :, 3] = 1
visible[0, 1, 3] = 0.25
np.save("visibility.npy", visible)

# pixels, and the score of each joint: joint 2 of frame 1 was not found
scored = counted((2, 3, 3)) + 100
scored[:, :, 2] = 0.5
scored[1, 2, 2] = 0
np.save("scores.npy", scored)

# ST-GCN: recordings, 3, frames, joints, persons; frame 3 of the first is padding, as is its second person
stgcn = np.zeros((2, 3, 4, 2, 2), "<f4")
stgcn[0, :, :3, :, 0] = 1 + counted((3, 3, 2))
stgcn[1] = 1 + counted((3, 4, 2, 2))
np.save("train_data.npy", stgcn)
np.save("train_data_fortran.npy", np.asfortranarray(stgcn))
write_pickle("train_label.pkl", (["a.skeleton", "b.skeleton"], [7, 3]), 4)

# a row of MediaPipe Holistic without its face: landmark 1 is hidden, the left hand is not there
row = np.zeros(33 * 4 + 2 * 21 * 3)
row[: 33 * 4] = np.arange(33 * 4) / 1000
row[3 : 33 * 4 : 4] = 0.9
row[7] = 0.1
row[33 * 4 + 21 * 3 :] = np.arange(21 * 3) / 100
np.save("holistic-row.npy", row)

np.save("objects.npy", np.array([{"a": 1}], dtype=object))
np.save("columns.npy", np.array([(1.0, 2.0)], dtype=[("x", "<f4"), ("y", "<f4")]))
np.save("seven-axes.npy", np.zeros((1, 1, 1, 1, 1, 1, 1), "<f4"))

# CTR-GCN: rows of two persons of 25 joints, labels as ones among zeros
train = np.zeros((2, 3, 150), "<f4")
train[0, :2, :75] = 1 + np.arange(75)
train[1] = 2
np.savez_compressed(
    "ctr-gcn.npz",
    x_train=train,
    y_train=np.eye(4, dtype="<f8")[[2, 0]],
    x_test=train[:1],
    y_test=np.eye(4, dtype="<f8")[[3]],
)
np.savez("a-recording-each.npz", wave=counted((2, 3, 3)), point=counted((3, 3, 3)))


def annotation(name, label, keypoint, **more):
    return {"frame_dir": name, "label": label, "keypoint": keypoint, "total_frames": keypoint.shape[1], **more}


# PYSKL: pictures with scores (joint 16 of frame 1 was not found), and NTU in three dimensions
pictures = counted((1, 2, 17, 2), "<f2")
scores = np.full((1, 2, 17), 0.5, "<f2")
scores[0, 1, 16] = 0
pyskl = {
    "split": {"xsub_train": ["S001C001P003R001A001"], "xsub_val": ["other"]},
    "annotations": [
        annotation("S001C001P003R001A001", 0, pictures, keypoint_score=scores, img_shape=(1080, 1920)),
        annotation("other", 59, counted((2, 2, 25, 3))),
    ],
}
for protocol in (2, 3, 4, 5):
    write_pickle(f"pyskl-{protocol}.pkl", pyskl, protocol)
write_pickle("numpy-labels.pkl", [annotation("other", np.int64(5), counted((1, 2, 4, 3)))], 4)
write_pickle("without-keypoints.pkl", {"split": {}, "annotations": [{"frame_dir": "a", "label": 1}]}, 4)
write_pickle("dd-net.pkl", {"pose": [counted((2, 15, 2), "<f8")], "label": ["clap"]}, 3)
write_pickle("texts.pkl", ["no", "arrays"], 4)

# UTD-MHAD: joints (head first), coordinates, frames; joint j of frame t at (j, j + 0.5, t)
joints = np.arange(20.0)
skeleton = np.stack([np.stack([joints, joints + 0.5, np.full(20, t)], axis=1) for t in range(3)], axis=2)
scipy.io.savemat("a1_s1_t1_skeleton.mat", {"d_skel": skeleton}, do_compression=True)
scipy.io.savemat("two-variables.mat", {"wave": counted((2, 3, 3)), "title": "a text", "hop": counted((4, 3, 3), "<i2")})
scipy.io.savemat("only-a-structure.mat", {"s": {"x": 1.0}})


class Attack:
    def __reduce__(self):
        return os.system, ("echo attacked",)


write_pickle("attack.pkl", Attack(), 4)


# ASL-signs: 543 landmarks a frame; frames 20 to 23 without 22; the right hand is seen in frame 21, the left one never
PARTS = {"face": 468, "left_hand": 21, "pose": 33, "right_hand": 21}


def write_landmarks(name, frames, types=PARTS, seen=lambda frame, part, index: True, **options):
    """The x, y, z of a landmark are its frame, the place of its part in PARTS, and its number, divided by 100."""
    rows = [(f, part, i) for f in frames for part in types for i in range(types[part])]
    lost = [not seen(*row) for row in rows]

    def numbers(value):
        return pyarrow.array([np.nan if gone else value(row) / 100 for gone, row in zip(lost, rows)], pyarrow.float64())

    table = pyarrow.table(
        {
            "frame": pyarrow.array([f for f, _, _ in rows], pyarrow.int16()),
            "row_id": [f"{f}-{part}-{i}" for f, part, i in rows],
            "type": [part for _, part, _ in rows],
            "landmark_index": pyarrow.array([i for _, _, i in rows], pyarrow.int16()),
            "x": numbers(lambda row: row[0]),
            "y": numbers(lambda row: list(PARTS).index(row[1])),
            "z": numbers(lambda row: row[2]),
        }
    )
    pyarrow.parquet.write_table(table, name, **options)


def in_sight(frame, part, index):
    return part == "face" or (part == "pose" and index != 16) or (part == "right_hand" and frame == 21)


HANDS = {"left_hand": 21, "right_hand": 21}
write_landmarks("asl-signs.parquet", [20, 21, 23], seen=in_sight, row_group_size=600)
write_landmarks("hands.parquet", [0, 1], HANDS, lambda f, part, i: f == 0, compression="none", use_dictionary=False)
write_landmarks("zstd.parquet", [0, 1], HANDS, compression="zstd")
write_landmarks("twice.parquet", [0, 1, 0], HANDS)
pyarrow.parquet.write_table(pyarrow.table({"time": [0.0, 0.1], "nose_x": [1.0, 2.0], "nose_y": [3.0, 4.0]}), "wide.parquet")
