import { Mark } from '../ui/Logo.tsx'
import { Line } from '../ui/Skeleton.tsx'
import frame from './frame.module.css'
import sidebar from './sidebar.module.css'
import topBar from './top-bar.module.css'

/** The frame's shape while it is asked who is signed in. */
export const FrameSkeleton = () => (
  <div className={frame['frame']} aria-busy="true">
    <div className={sidebar['sidebar']}>
      <p className={sidebar['brand']}>
        <Mark />
      </p>
    </div>
    <div className={frame['column']}>
      <div className={topBar['bar']} />
      <div className={frame['main']}>
        <Line width={30} isTall />
      </div>
    </div>
  </div>
)
